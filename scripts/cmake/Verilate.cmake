# The SystemVerilog of rtl/, translated by Verilator: its parameters are fixed when it is
# translated.
find_package(verilator REQUIRED HINTS /usr/share/verilator $ENV{VERILATOR_ROOT})

set(TESSERA_RTL ${PROJECT_SOURCE_DIR}/rtl CACHE PATH
    "Folder of the SystemVerilog; scripts/mutate has others")
file(GLOB RTL_SOURCES CONFIGURE_DEPENDS ${TESSERA_RTL}/*.sv)
list(REMOVE_ITEM RTL_SOURCES ${TESSERA_RTL}/mmu_pkg.sv)
list(PREPEND RTL_SOURCES ${TESSERA_RTL}/mmu_pkg.sv)

# Warnings are the affair of scripts/lint. Lookups are loops over ways and entries: unrolled, they
# become straight code.
set(RTL_ARGUMENTS -Wno-fatal --assert --x-assign fast --x-initial fast
                  --unroll-count 1024 --unroll-stmts 100000)

set(TESSERA_RTL_OPTIMISATION -O3 CACHE STRING "Compiler option for the translated RTL")

# tessera_verilate(NAME PARAMETERS...): library tessera_rtl_NAME with class Vmmu_NAME; parameters
# as NAME=VALUE, in place of the module's defaults (docs/pins.md 11).
function(tessera_verilate name)
  set(library tessera_rtl_${name})
  list(TRANSFORM ARGN PREPEND -G)
  add_library(${library} STATIC)
  verilate(${library} SOURCES ${RTL_SOURCES} TOP_MODULE mmu PREFIX Vmmu_${name}
           VERILATOR_ARGS ${RTL_ARGUMENTS} ${ARGN})
  # Generated code keeps no house rules: no warnings in it, nor from its headers. Sanitizers are for
  # our own code, and take minutes over this.
  target_compile_options(${library} PRIVATE -w ${TESSERA_RTL_OPTIMISATION}
                         $<$<BOOL:${TESSERA_SANITIZE}>:-fno-sanitize=all>)
  set_target_properties(${library} PROPERTIES SYSTEM ON)
endfunction()
