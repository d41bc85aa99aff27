# Writes OUTPUT, a C++ file that holds the text of every file of FILES (tessera needs no other
# file at run time).
file(WRITE ${OUTPUT} "#include \"model/pte/shipped.hpp\"\n\nnamespace tessera::pte {\n\n"
     "const std::vector<ShippedFile>& shipped_files() {\n"
     "  static const std::vector<ShippedFile> files{\n")
foreach(path ${FILES})
  get_filename_component(name ${path} NAME)
  string(REGEX REPLACE "\\.toml$" "" name ${name})
  file(READ ${path} text)
  file(APPEND ${OUTPUT} "      {\"${name}\", R\"toml(${text})toml\"},\n")
endforeach()
file(APPEND ${OUTPUT} "  };\n  return files;\n}\n\n}  // namespace tessera::pte\n")
