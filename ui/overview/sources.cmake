list(APPEND UI_SOURCES
  overview/agescale.cpp overview/agescale.h
  overview/attentionlist.cpp overview/attentionlist.h
  overview/clusterfacts.cpp
  overview/findingact.cpp overview/findingact.h
  overview/findingcells.cpp
  overview/fleetdelegate.cpp overview/fleetdelegate.h
  overview/nextdaypane.cpp overview/nextdaypane.h
  overview/overviewacts.cpp overview/overviewanswer.cpp
  overview/overviewpage.cpp overview/overviewpage.h
  overview/overviewreport.cpp overview/overviewreport.h
  overview/overviewverdict.cpp
  overview/overviewwords.cpp overview/overviewwords.h
  overview/ribbon.cpp overview/ribbon.h
  overview/sidecells.cpp
  overview/storagepane.cpp overview/storagepane.h
  overview/verdictbar.cpp overview/verdictbar.h)
list(APPEND UI_SOURCES
  widgets/bullet.cpp widgets/bullet.h
  widgets/copydialog.cpp widgets/copydialog.h
  widgets/figures.cpp widgets/figures.h
  widgets/panehead.cpp widgets/panehead.h
  widgets/standings.cpp widgets/standings.h
  widgets/twolinedelegate.cpp widgets/twolinedelegate.h)
