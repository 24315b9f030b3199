list(APPEND UI_SOURCES
  overview/attentionlist.cpp overview/attentionlist.h
  overview/clusterdetails.cpp overview/clusterdetails.h
  overview/clusterfacts.cpp
  overview/concernsetting.cpp overview/concernsetting.h
  overview/overviewpage.cpp overview/overviewpage.h
  overview/overviewwords.cpp overview/overviewwords.h
  overview/storagepane.cpp overview/storagepane.h
  overview/verdictbar.cpp overview/verdictbar.h)
list(APPEND UI_SOURCES
  widgets/copydialog.cpp widgets/copydialog.h
  widgets/factdelegate.cpp widgets/factdelegate.h
  widgets/figures.cpp widgets/figures.h
  widgets/panehead.cpp widgets/panehead.h
  widgets/standings.cpp widgets/standings.h
  widgets/twolinedelegate.cpp widgets/twolinedelegate.h)
