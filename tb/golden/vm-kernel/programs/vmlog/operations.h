#pragma once

#include "vmlog/draw.h"
#include "vmlog/files.h"

/// Each operation draws its arguments, prints them, performs itself and prints its outcome. What it
/// draws never depends on what happened before: one seed gives one sequence on every kernel. About
/// one in forty arguments is wrong on purpose ("bad=").

void log_touch(const struct step* step, const struct files* files);
void log_mmap(const struct step* step, const struct files* files);
void log_munmap(const struct step* step, const struct files* files);
void log_mprotect(const struct step* step, const struct files* files);
void log_mremap(const struct step* step, const struct files* files);
void log_remap_file_pages(const struct step* step, const struct files* files);
void log_madvise(const struct step* step, const struct files* files);
void log_mlock(const struct step* step, const struct files* files);
void log_munlock(const struct step* step, const struct files* files);
void log_msync(const struct step* step, const struct files* files);
void log_mincore(const struct step* step, const struct files* files);
void log_ftruncate(const struct step* step, const struct files* files);
