option(TESSERA_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

# -O1 and line tables alone: the optimiser's passes over instrumented code take most of the time of
# a build, and a report needs no more than file and line.
set(TESSERA_SANITIZER_OPTIONS -fsanitize=address,undefined -fno-sanitize-recover=all
                              -fno-omit-frame-pointer -O1 -g1)
# GCC's own manual warns of false positives of this warning in instrumented code: it finds some in
# <regex>. The release build keeps it.
list(APPEND TESSERA_SANITIZER_OPTIONS -Wno-maybe-uninitialized)
if(TESSERA_SANITIZE)
  add_compile_options(${TESSERA_SANITIZER_OPTIONS})
  add_link_options(-fsanitize=address,undefined)
endif()
