list(APPEND UI_SOURCES
  moment/momentbarstable.cpp moment/momentbarstable.h
  moment/momentpage.cpp moment/momentpage.h
  moment/momentpaint.cpp moment/momentpaint.h
  moment/momentreading.cpp
  moment/momentscene.cpp moment/momentscene.h
  moment/momentstop.cpp moment/momentstop.h
  moment/momentstrip.cpp moment/momentstrip.h
  moment/momenttable.cpp moment/momenttable.h
  moment/momenttarget.cpp
  moment/momentview.cpp moment/momentview.h
  moment/momentwords.cpp moment/momentwords.h
  moment/momentwork.cpp moment/momentwork.h
  moment/targetpane.cpp moment/targetpane.h)
