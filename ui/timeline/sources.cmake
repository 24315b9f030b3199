list(APPEND UI_SOURCES
  timeline/lane.cpp timeline/lane.h
  timeline/timeaxis.cpp timeline/timeaxis.h
  timeline/timelinelegend.cpp timeline/timelinelegend.h
  timeline/timelinepage.cpp timeline/timelinepage.h
  timeline/timelinepaint.cpp timeline/timelinepaint.h timeline/timelinescene.h
  timeline/timelinestrip.cpp timeline/timelinestrip.h
  timeline/timelineview.cpp timeline/timelineview.h
  timeline/timelinewords.cpp timeline/timelinewords.h
  timeline/timescale.cpp timeline/timescale.h)
