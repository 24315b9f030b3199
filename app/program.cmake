# The desktop program: main.cpp and the composition root, the only place that names concrete adapters.
if(EXISTS ${PROJECT_SOURCE_DIR}/app/console.cpp)
  add_executable(tidemark app/main.cpp app/console.cpp app/console.h)
  target_link_libraries(tidemark PRIVATE tidemark_ui tm_monitor tm_postgres tm_pbs tm_store tm_secrets tm_log tm_fleetfile
    tidemark_options)
  tidemark_precompile(tidemark Qt6::Widgets)
endif()
