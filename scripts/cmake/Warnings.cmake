# Warnings are errors from the first commit (docs/decisions/0001-the-house.md).
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)

# GCC 12 sees overlapping copies in std::string's operator+ that are not there (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict)
endif()

# Where the sources of a library are compiled a dozen at a time (CMakePresets.json), a test's own
# classes lie in a file that is included.
if(CMAKE_UNITY_BUILD)
  add_compile_options(-Wno-subobject-linkage)
endif()
