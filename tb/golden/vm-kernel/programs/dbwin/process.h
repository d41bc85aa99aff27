#pragma once

/// A line of /proc/self/status, in kilobytes; -1 if there is none of that key.
long status_kilobytes(const char* key);

/// Active objects of a slab cache in /proc/slabinfo; -1 if it cannot be read.
long slab_objects(const char* cache);

/// VMAs that touch [low, high).
long count_vmas(unsigned long low, unsigned long high);
