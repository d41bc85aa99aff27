find_package(GTest REQUIRED)
include(GoogleTest)

# tessera_test(NAME SOURCES a.cpp ... LIBRARIES x ...): one GoogleTest program, a ctest a test.
function(tessera_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main)
  # A third of the time of compiling them less (docs/decisions/0010-a-dozen-sources-at-a-time.md).
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60)
endfunction()
