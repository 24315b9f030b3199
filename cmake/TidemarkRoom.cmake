# tidemark_room(target FOLDERS … SOURCES … USES … INSIDE …): one room of the house as a static library.
# What a room may include is what it links: its folders are linked into an include root of its own, so that
# "wal/lsn.h" names the room, and an include in the wrong direction does not compile.
#   FOLDERS  folders below the project root that hold the room's headers
#   SOURCES  files, relative to the calling CMakeLists.txt
#   USES     what the room's headers need (public)
#   INSIDE   what only its .cpp files need
function(tidemark_room target)
  cmake_parse_arguments(R "" "" "FOLDERS;SOURCES;USES;INSIDE" ${ARGN})
  add_library(${target} STATIC ${R_SOURCES})
  foreach(folder IN LISTS R_FOLDERS)
    get_filename_component(name ${folder} NAME)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/rooms/${target})
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder} ${PROJECT_BINARY_DIR}/rooms/${target}/${name} SYMBOLIC)
  endforeach()
  target_include_directories(${target} PUBLIC ${PROJECT_BINARY_DIR}/rooms/${target})
  target_link_libraries(${target} PUBLIC ${R_USES} PRIVATE ${R_INSIDE} tidemark_options)
  tidemark_precompile(${target} ${R_USES} ${R_INSIDE})
  list(TRANSFORM R_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(GLOBAL APPEND PROPERTY TIDEMARK_SOURCES ${R_SOURCES})
endfunction()

# Value types of QtCore and the standard library are precompiled once for everybody, with two larger sets for targets
# that have coroutines or widgets. REUSE_FROM shares one header among all targets that are built with the same flags.
function(tidemark_pch name)
  file(WRITE ${PROJECT_BINARY_DIR}/pch/${name}.cpp "")
  add_library(tm_pch_${name} STATIC ${PROJECT_BINARY_DIR}/pch/${name}.cpp)
  set_target_properties(tm_pch_${name} PROPERTIES AUTOMOC OFF POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(tm_pch_${name} PRIVATE ${ARGN} tidemark_options)
  target_precompile_headers(tm_pch_${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch/${name}.h)
endfunction()
if(TIDEMARK_PCH)
  tidemark_pch(values Qt6::Core)
  tidemark_pch(waiting Qt6::Core QCoro6::Core tl::expected)
  tidemark_pch(widgets Qt6::Core Qt6::Widgets QCoro6::Core tl::expected)
endif()

function(tidemark_precompile target)
  if(NOT TIDEMARK_PCH)
    return()
  endif()
  if("Qt6::Widgets" IN_LIST ARGN OR "tidemark_ui" IN_LIST ARGN)
    set(set widgets)
  elseif(target STREQUAL "tidemark_models" OR ("tidemark_models" IN_LIST ARGN AND NOT "tm_ports" IN_LIST ARGN))
    set(set values)
  else()
    set(set waiting)
  endif()
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_precompile_headers(${target} REUSE_FROM tm_pch_${set})
endfunction()
