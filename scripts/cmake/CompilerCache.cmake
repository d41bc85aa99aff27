# A second build of the same sources is a matter of seconds when ccache is there. Paths count from
# the build folder, so that builds side by side share what they compile alike.
find_program(TESSERA_CCACHE ccache)
if(TESSERA_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${TESSERA_CCACHE})
endif()
