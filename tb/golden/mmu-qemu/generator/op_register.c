#include "draw.h"
#include "log.h"
#include "operations.h"
#include "pick.h"
#include "spr.h"

void set_pid(uint32_t pid) {
  if (read_pid() == pid) return;
  write_pid(pid);
  log_register_write("mtpid", pid);
}

void change_pid(void) { set_pid(random_pid()); }

/// TLBSELD, TSIZED and WIMG defaults; TIDSELD stays 0.
void change_mas4(void) {
  uint32_t mas4 = draw(3) == 0 ? mas0_of(1, 0) : 0;
  mas4 |= (1 + draw(5)) << 8;
  mas4 |= draw(16) << 1;
  draw_and_drop(100);
  write_mas4(mas4);
  log_register_write("mtmas4", mas4);
}
