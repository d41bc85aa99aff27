find_package(GTest REQUIRED)
include(GoogleTest)

# tessera_test(NAME SOURCES a.cpp ... LIBRARIES x ...): one GoogleTest program, a ctest a test.
function(tessera_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60)
endfunction()
