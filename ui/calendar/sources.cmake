list(APPEND UI_SOURCES
  calendar/calendaraccess.cpp calendar/calendaraccess.h
  calendar/calendarlegend.cpp calendar/calendarlegend.h
  calendar/calendarpage.cpp calendar/calendarpage.h
  calendar/calendarscene.h
  calendar/calendarsurface.cpp calendar/calendarsurface.h
  calendar/calendartable.cpp
  calendar/calendarwords.cpp calendar/calendarwords.h
  calendar/calendarwork.cpp calendar/calendarwork.h
  calendar/conflictcard.cpp calendar/conflictcard.h
  calendar/daypane.cpp calendar/daypane.h
  calendar/hourlanes.cpp calendar/hourlanes.h
  calendar/monthgrid.cpp calendar/monthgrid.h
  calendar/movedialog.cpp calendar/movedialog.h
  calendar/moving.cpp calendar/moving.h
  calendar/yearstrip.cpp calendar/yearstrip.h)
