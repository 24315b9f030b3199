list(APPEND UI_SOURCES
  settings/fieldform.cpp settings/fieldform.h
  settings/itemsection.cpp settings/itemsection.h
  settings/namelist.cpp settings/namelist.h
  settings/newitemdialog.cpp settings/newitemdialog.h
  settings/pendingchanges.cpp settings/pendingchanges.h
  settings/personalsections.cpp settings/personalsections.h
  settings/sections.h settings/serverssection.cpp settings/sourcessection.cpp
  settings/settingsfields.cpp settings/settingsfields.h
  settings/settingspage.cpp settings/settingspage.h)
