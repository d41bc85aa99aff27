# What `cmake --install` installs: the command, and the library in components that find_package
# knows (docs/library.md). Headers keep their paths below include/tessera.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(TESSERA_HEADERS ${CMAKE_INSTALL_INCLUDEDIR}/tessera)
set(TESSERA_PACKAGE ${CMAKE_INSTALL_LIBDIR}/cmake/tessera)

# tessera_install(COMPONENT LIBRARIES tessera_x ... HEADERS folder ...): a component and its export
# file. tessera_x becomes tessera::x. Headers that include what users need not have are left out.
function(tessera_install component)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;HEADERS" ${ARGN})
  foreach(library IN LISTS ARG_LIBRARIES)
    string(REPLACE tessera_ "" name ${library})
    set_target_properties(${library} PROPERTIES EXPORT_NAME ${name})
    target_include_directories(${library} INTERFACE $<INSTALL_INTERFACE:${TESSERA_HEADERS}>)
    target_compile_features(${library} INTERFACE cxx_std_17)
  endforeach()
  install(TARGETS ${ARG_LIBRARIES} EXPORT tessera-${component}
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component})
  foreach(folder IN LISTS ARG_HEADERS)
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}/ DESTINATION ${TESSERA_HEADERS}/${folder}
            COMPONENT ${component} FILES_MATCHING PATTERN "*.hpp"
            PATTERN "table_reader.hpp" EXCLUDE PATTERN "layout_sections.hpp" EXCLUDE
            PATTERN "overlap.hpp" EXCLUDE)
  endforeach()
  install(EXPORT tessera-${component} NAMESPACE tessera:: FILE tessera-${component}.cmake
          DESTINATION ${TESSERA_PACKAGE} COMPONENT ${component})
  install(FILES ${PROJECT_BINARY_DIR}/tesseraConfig.cmake
                ${PROJECT_BINARY_DIR}/tesseraConfigVersion.cmake
          DESTINATION ${TESSERA_PACKAGE} COMPONENT ${component})
endfunction()

# tessera_link_here(COMPONENT LIBRARY): objects that wait for link-time optimisation need the
# compiler that made them. In the installed archive it is done: one object of plain machine code.
function(tessera_link_here component library)
  get_target_property(optimised ${library} INTERPROCEDURAL_OPTIMIZATION_RELEASE)
  if(NOT optimised OR NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    return()
  endif()
  set(archive "\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/lib${library}.a")
  install(CODE "
    set(archive \"${archive}\")
    execute_process(COMMAND \"${CMAKE_CXX_COMPILER}\" -r -nostdlib -O3 -flto=auto
      -flinker-output=nolto-rel -Wl,--whole-archive \"\${archive}\" -Wl,--no-whole-archive
      -o \"\${archive}.o\" COMMAND_ERROR_IS_FATAL ANY)
    file(REMOVE \"\${archive}\")
    execute_process(COMMAND \"${CMAKE_AR}\" qcs \"\${archive}\" \"\${archive}.o\"
      COMMAND_ERROR_IS_FATAL ANY)
    file(REMOVE \"\${archive}.o\")" COMPONENT ${component})
endfunction()

configure_package_config_file(${PROJECT_SOURCE_DIR}/scripts/cmake/tesseraConfig.cmake.in
  ${PROJECT_BINARY_DIR}/tesseraConfig.cmake INSTALL_DESTINATION ${TESSERA_PACKAGE}
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tesseraConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)

tessera_install(pte LIBRARIES tessera_types tessera_pte HEADERS model/types model/pte)
tessera_install(mmu LIBRARIES tessera_mmu HEADERS model/mmu)
tessera_link_here(mmu tessera_mmu)
tessera_install(systemc LIBRARIES tessera_clocked tessera_wave tessera_systemc
                HEADERS model/clocked model/wave model/systemc)
tessera_install(vm LIBRARIES tessera_vm HEADERS sw/vm)
install(TARGETS tessera RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT command)
