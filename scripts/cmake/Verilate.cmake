# The SystemVerilog of rtl/, translated by Verilator: its parameters are fixed when it is
# translated.
include(ForeignCode)
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

# Waves show arrays entry by entry, and all of it, whatever its size.
set(WAVE_ARGUMENTS --trace-max-array 16384 --trace-max-width 16384)

# tessera_verilate(NAME PARAMETERS...): library tessera_rtl_NAME with class Vmmu_NAME; parameters
# as NAME=VALUE, in place of the module's defaults (docs/pins.md 11). The same with tracing, in
# library tessera_rtl_NAME_traced and class Vmmu_NAME_traced, is built if something links it:
# tracing costs speed even while no wave is written (docs/decisions/0009-waves.md).
function(tessera_verilate name)
  list(TRANSFORM ARGN PREPEND -G)
  tessera_translate(${name} "${TESSERA_RTL_OPTIMISATION}" VERILATOR_ARGS ${ARGN})
  # Most of the time goes into writing the wave, and -O1 halves that of compiling.
  tessera_translate(${name}_traced -O1 TRACE_FST TRACE_STRUCTS
                    VERILATOR_ARGS ${ARGN} ${WAVE_ARGUMENTS})
  set_target_properties(tessera_rtl_${name}_traced PROPERTIES EXCLUDE_FROM_ALL ON)
  target_link_libraries(tessera_rtl_${name}_traced PUBLIC tessera_fst)
endfunction()

# Library tessera_rtl_NAME with class Vmmu_NAME, compiled with the option; further arguments are
# those of verilate().
function(tessera_translate name optimisation)
  set(library tessera_rtl_${name})
  add_library(${library} STATIC)
  verilate(${library} SOURCES ${RTL_SOURCES} TOP_MODULE mmu PREFIX Vmmu_${name} ${ARGN}
           ${RTL_ARGUMENTS})
  share_runtime(${library})
  tessera_foreign(${library} ${optimisation})
endfunction()

# Has a library link Verilator's own sources, in place of compiling them once more each.
function(share_runtime library)
  get_target_property(sources ${library} SOURCES)
  list(FILTER sources EXCLUDE REGEX "/verilated[a-z_]*\\.cpp$")
  set_target_properties(${library} PROPERTIES SOURCES "${sources}")
  target_link_libraries(${library} PUBLIC tessera_verilator)
endfunction()
