# tessera_embed(OUT SYMBOL FILE): OUT becomes an object file that holds FILE's bytes between the
# symbols SYMBOLBegin and SYMBOLEnd (tessera needs no other file at run time).
function(tessera_embed out symbol file)
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(name ${file} NAME)
  # The linker makes its symbols of the name as given, an underscore for what no symbol may have.
  string(REGEX REPLACE "[^A-Za-z0-9]" "_" mangled ${name})
  set(object ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.o)
  add_custom_command(
    OUTPUT ${object}
    COMMAND ${CMAKE_LINKER} -r -b binary -z noexecstack -o ${object}
            --defsym ${symbol}Begin=_binary_${mangled}_start
            --defsym ${symbol}End=_binary_${mangled}_end ${name}
    WORKING_DIRECTORY ${folder}
    DEPENDS ${file}
    VERBATIM)
  set(${out} ${object} PARENT_SCOPE)
endfunction()
