#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>

#include "rfpsem/checks.h"
#include "rfpsem/report.h"
#include "rfpsem/world.h"

static const int anonymous = -1;

static void check_private(void) {
  map_window(MAP_PRIVATE);
  report_value("private_file(INFO)", remap(0, 1, 1, 0));
  map_other(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, anonymous);
  report_value("anon_private(INFO)", remap(0, 1, 1, 0));
}

static void check_shared_anonymous(void) {
  map_other(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, anonymous);
  *(volatile uint32_t*)page_at(1) = 77;
  report_value("anon_shared(INFO)", remap(0, 1, 1, 0));
  report_value("anon_shared_val(INFO)", read_word(page_at(0)));
  report_vmas("anon_shared");
}

static void check_rights(void) {
  map_other(PROT_READ, MAP_SHARED, open(world_path(), O_RDONLY));
  report_value("shared_rdonly_fd(INFO)", remap(0, 1, 1, 0));
  map_other(PROT_READ, MAP_SHARED, world_file());
  report_value("shared_protread_rwfd(INFO)", remap(0, 1, 1, 0));
  report_value("  val(INFO)", shown_page(0));
  map_other(PROT_NONE, MAP_SHARED, world_file());
  report_value("shared_protnone(INFO)", remap(0, 1, 1, 0));
  report_value("  val(INFO)", read_word(page_at(0)));
}

void check_mappings(void) {
  check_private();
  check_shared_anonymous();
  check_rights();
}
