# Puts data/, sql/ and pages/ inside the binary: one assembler file of .incbin and one C++ index of names.
# Read back with base/embedded.hpp. Scripts bundled by scripts/build-pages (AUSTRAL_SCRIPTS) travel as
# pages/assets/NAME.js when they are there; without them the pages work unscripted.

set(EMBED_INDEX ${CMAKE_BINARY_DIR}/embedded_index.cpp)
set(EMBED_BYTES ${CMAKE_BINARY_DIR}/embedded_bytes.S)

set(AUSTRAL_SCRIPTS ${CMAKE_SOURCE_DIR}/build/assets CACHE PATH "bundled scripts of the pages")

function(embed_files out)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/data/*.tsv ${CMAKE_SOURCE_DIR}/data/*.yaml ${CMAKE_SOURCE_DIR}/data/*.xml
    ${CMAKE_SOURCE_DIR}/sql/*.sql
    ${CMAKE_SOURCE_DIR}/pages/templates/*.html ${CMAKE_SOURCE_DIR}/pages/lang/*.json
    ${CMAKE_SOURCE_DIR}/pages/assets/*.css ${CMAKE_SOURCE_DIR}/pages/assets/*.svg)
  file(GLOB scripts CONFIGURE_DEPENDS RELATIVE ${AUSTRAL_SCRIPTS} ${AUSTRAL_SCRIPTS}/*.js ${AUSTRAL_SCRIPTS}/*.json)
  list(TRANSFORM scripts PREPEND pages/assets/)
  list(APPEND files ${scripts})
  list(SORT files)
  set(bytes "// Made by cmake/embed.cmake.\n.section .rodata\n")
  set(index "// Made by cmake/embed.cmake.\n#include \"base/embedded.hpp\"\n")
  set(rows "")
  set(n 0)
  set(absolute "")
  foreach(file IN LISTS files)
    set(place ${CMAKE_SOURCE_DIR}/${file})
    if(file IN_LIST scripts)
      get_filename_component(script ${file} NAME)
      set(place ${AUSTRAL_SCRIPTS}/${script})
    endif()
    string(APPEND bytes ".balign 16\n.global austral_file_${n}\naustral_file_${n}:\n.incbin \"${place}\"\n.global austral_file_${n}_end\naustral_file_${n}_end:\n.byte 0\n")
    string(APPEND index "extern \"C\" const char austral_file_${n}[], austral_file_${n}_end[];\n")
    string(APPEND rows "    {\"${file}\", {austral_file_${n}, std::size_t(austral_file_${n}_end - austral_file_${n})}},\n")
    list(APPEND absolute ${place})
    math(EXPR n "${n}+1")
  endforeach()
  string(APPEND bytes ".section .note.GNU-stack,\"\",@progbits\n")
  string(APPEND index "namespace austral {\nconst std::vector<EmbeddedFile>& embedded_files() {\n  static const std::vector<EmbeddedFile> files = {\n${rows}  };\n  return files;\n}\n}  // namespace austral\n")
  file(CONFIGURE OUTPUT ${EMBED_BYTES} CONTENT "${bytes}" @ONLY)
  file(CONFIGURE OUTPUT ${EMBED_INDEX} CONTENT "${index}" @ONLY)
  set_source_files_properties(${EMBED_BYTES} PROPERTIES OBJECT_DEPENDS "${absolute}")
  set(${out} ${EMBED_INDEX} ${EMBED_BYTES} PARENT_SCOPE)
endfunction()
