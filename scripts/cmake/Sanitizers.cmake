option(TESSERA_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

# -O1 and line tables alone: the optimiser's passes over instrumented code take most of the time of
# a build, and a report needs no more than file and line.
set(TESSERA_SANITIZER_OPTIONS -fsanitize=address,undefined -fno-sanitize-recover=all
                              -fno-omit-frame-pointer -O1 -g1)
if(TESSERA_SANITIZE)
  add_compile_options(${TESSERA_SANITIZER_OPTIONS})
  add_link_options(-fsanitize=address,undefined)
endif()
