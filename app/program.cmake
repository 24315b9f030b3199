# The programs for people: the console and its headless face. console.cpp is the composition root, the only place that
# names concrete adapters.
set(TIDEMARK_ADAPTERS tm_monitor tm_postgres tm_pbs tm_store tm_secrets tm_log tm_preferences tm_fleetfile
  tm_localfiles tm_desktop tm_labclient tm_hosts tm_hands tm_journal tm_sessions tm_sources tm_moments)

add_executable(tidemark app/main.cpp app/console.cpp app/console.h app/knowing.cpp app/knowing.h app/shots.cpp app/shots.h app/startreport.cpp
  app/startreport.h)
target_link_libraries(tidemark PRIVATE tidemark_ui ${TIDEMARK_ADAPTERS} tidemark_options)
target_include_directories(tidemark PRIVATE app)
target_compile_definitions(tidemark PRIVATE TIDEMARK_VERSION="${PROJECT_VERSION}")
tidemark_precompile(tidemark Qt6::Widgets)
set_property(GLOBAL APPEND PROPERTY TIDEMARK_SOURCES ${PROJECT_SOURCE_DIR}/app/main.cpp
  ${PROJECT_SOURCE_DIR}/app/console.cpp)

# The headless face: the same ports, no widgets.
add_executable(tidemarkctl app/ctlmain.cpp app/console.cpp app/console.h app/knowing.cpp app/knowing.h)
target_link_libraries(tidemarkctl PRIVATE tm_ctl ${TIDEMARK_ADAPTERS} tidemark_options)
target_include_directories(tidemarkctl PRIVATE app)
tidemark_precompile(tidemarkctl tm_ports)
add_dependencies(tidemarkctl tidemark-lab)
