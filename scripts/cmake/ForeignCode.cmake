# tessera_foreign(TARGET OPTIONS...): code that is not ours, Verilator's and what it generates.
# Our warnings and sanitizers are not for it: its only options are these. As both builds then
# compile it alike, ccache compiles it once.
function(tessera_foreign target)
  set_target_properties(${target} PROPERTIES
    COMPILE_OPTIONS "-w;${ARGN}" UNITY_BUILD OFF SYSTEM ON)
endfunction()
