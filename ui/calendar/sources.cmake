list(APPEND UI_SOURCES
  calendar/calendarlegend.cpp calendar/calendarlegend.h
  calendar/calendarpage.cpp calendar/calendarpage.h
  calendar/calendarscene.h
  calendar/calendarsurface.cpp calendar/calendarsurface.h
  calendar/calendarwords.cpp calendar/calendarwords.h
  calendar/calendarwork.cpp calendar/calendarwork.h
  calendar/conflictcard.cpp calendar/conflictcard.h
  calendar/daypane.cpp calendar/daypane.h
  calendar/hourlanes.cpp calendar/hourlanes.h
  calendar/monthgrid.cpp calendar/monthgrid.h
  calendar/yearstrip.cpp calendar/yearstrip.h)
