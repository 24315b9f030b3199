list(APPEND UI_SOURCES
  timeline/lane.cpp timeline/lane.h
  timeline/timeaxis.cpp timeline/timeaxis.h
  timeline/timescale.cpp timeline/timescale.h)
