#pragma once

/// Bytes of a page; both machines the programs were run on have 4 KB pages.
#define PAGE_BYTES 4096UL

/// Words of a page.
#define PAGE_WORDS 1024
