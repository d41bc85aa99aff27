#include "mas.h"

#include "spr.h"

struct Mas read_mas(void) {
  const struct Mas mas = {.mas0 = read_mas0(),
                          .mas1 = read_mas1(),
                          .mas2 = read_mas2(),
                          .mas3 = read_mas3(),
                          .mas4 = read_mas4(),
                          .mas6 = read_mas6(),
                          .mas7 = read_mas7()};
  return mas;
}

void write_mas(const struct Mas* mas) {
  write_entry_mas(mas);
  write_mas4(mas->mas4);
  write_mas6(mas->mas6);
}

void write_entry_mas(const struct Mas* mas) {
  write_mas0(mas->mas0);
  write_mas1(mas->mas1);
  write_mas2(mas->mas2);
  write_mas3(mas->mas3);
  write_mas7(mas->mas7);
}

void write_entry(const struct Mas* mas) {
  write_entry_mas(mas);
  __asm__ volatile("isync; tlbwe; isync" : : : "memory");
}

struct Mas read_entry(uint32_t tlbsel, uint32_t esel, uint32_t ea) {
  write_mas0(mas0_of(tlbsel, esel));
  write_mas2(ea & kEpn);
  __asm__ volatile("isync; tlbre; isync" : : : "memory");
  return read_mas();
}
