list(APPEND UI_SOURCES
  shell/clocks.cpp shell/clocks.h
  shell/clockswitch.cpp shell/clockswitch.h
  shell/fuzzy.cpp shell/fuzzy.h
  shell/navigation.cpp shell/navigation.h
  shell/navigationdelegate.cpp shell/navigationdelegate.h
  shell/openfleet.cpp shell/openfleet.h
  shell/page.h
  shell/pages.cpp
  shell/sourcesbar.cpp shell/sourcesbar.h
  shell/sourcewords.cpp shell/sourcewords.h
  shell/topcorner.cpp shell/topcorner.h)
