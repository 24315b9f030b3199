# What the sanitizer presets run: unit, contract and window tests.
add_custom_target(checked)

# tidemark_test(name LABEL unit|contracts|integration|gui|faults SOURCES … USES … [TIMEOUT s] [SERIAL] [ENV A=b …] [WRAPPER …])
# One Qt Test program, registered with ctest, run by WRAPPER (a program and its arguments) when given. Tests labelled
# gui run in real windows under an X server of their own.
function(tidemark_test name)
  cmake_parse_arguments(T "SERIAL" "LABEL;TIMEOUT" "SOURCES;USES;ENV;WRAPPER" ${ARGN})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  add_executable(${name} ${T_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${T_USES} Qt6::Test tidemark_options)
  target_compile_definitions(${name} PRIVATE
    TIDEMARK_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data" TIDEMARK_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    TIDEMARK_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  tidemark_precompile(${name} ${T_USES})
  if(T_LABEL MATCHES "^(unit|contracts|gui)$")
    add_dependencies(checked ${name})
  endif()
  set(platform offscreen)
  set(command ${name})
  if(T_LABEL STREQUAL "gui")
    set(platform xcb)
    set(command ${PROJECT_SOURCE_DIR}/tests/support/in-own-display $<TARGET_FILE:${name}>)
  endif()
  if(T_WRAPPER)
    set(command ${T_WRAPPER} $<TARGET_FILE:${name}>)
  endif()
  add_test(NAME ${name} COMMAND ${command})
  set_tests_properties(${name} PROPERTIES LABELS ${T_LABEL} TIMEOUT ${T_TIMEOUT}
    ENVIRONMENT "TZ=UTC;LC_ALL=C.UTF-8;QT_QPA_PLATFORM=${platform};QT_FORCE_STDERR_LOGGING=1;${T_ENV}"
    FAIL_REGULAR_EXPRESSION "SKIP   :")
  if(T_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
  endif()
endfunction()

# tidemark_bench(name SOURCES … USES …): a Google Benchmark program (link nothing else for it). `./dev bench` builds all of
# them through the target `benches` and runs them.
function(tidemark_bench name)
  cmake_parse_arguments(B "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${B_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${B_USES} benchmark::benchmark_main benchmark::benchmark tidemark_options)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests/support/include)
  target_compile_definitions(${name} PRIVATE TIDEMARK_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    TIDEMARK_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  add_dependencies(benches ${name})
endfunction()
