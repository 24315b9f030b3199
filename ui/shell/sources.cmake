list(APPEND UI_SOURCES
  shell/accepting.cpp shell/accepting.h
  shell/acts.cpp shell/acts.h
  shell/alarms.cpp shell/alarms.h
  shell/clocks.cpp shell/clocks.h
  shell/clockswitch.cpp shell/clockswitch.h
  shell/commandpalette.cpp shell/commandpalette.h
  shell/departure.cpp shell/departure.h
  shell/fuzzy.cpp shell/fuzzy.h
  shell/helpdialogs.cpp shell/helpdialogs.h
  shell/navigation.cpp shell/navigation.h
  shell/navigationdelegate.cpp shell/navigationdelegate.h
  shell/openfleet.cpp shell/openfleet.h
  shell/page.h
  shell/pages.cpp
  shell/palettedelegate.cpp shell/palettedelegate.h
  shell/preferencekeys.h
  shell/shellacts.cpp
  shell/shellwindow.cpp shell/shellwindow.h
  shell/sourcesbar.cpp shell/sourcesbar.h
  shell/sourcewords.cpp shell/sourcewords.h
  shell/topcorner.cpp shell/topcorner.h)
