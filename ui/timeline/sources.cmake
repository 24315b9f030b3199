list(APPEND UI_SOURCES
  timeline/inks.cpp timeline/inks.h
  timeline/lane.cpp timeline/lane.h
  timeline/lanepaint.cpp timeline/lanepaint.h
  timeline/recoverdialog.cpp timeline/recoverdialog.h
  timeline/scaleframe.cpp timeline/scaleframe.h
  timeline/scalestrip.cpp timeline/scalestrip.h
  timeline/timeaxis.cpp timeline/timeaxis.h
  timeline/timelineaccess.cpp timeline/timelineaccess.h
  timeline/timelineitems.cpp timeline/timelineitems.h
  timeline/timelinekeys.cpp
  timeline/timelinelegend.cpp timeline/timelinelegend.h
  timeline/timelinepage.cpp timeline/timelinepage.h
  timeline/timelinepaint.cpp timeline/timelinepaint.h timeline/timelinescene.h
  timeline/timelineplaces.cpp timeline/timelineplaces.h
  timeline/timelinereadout.cpp
  timeline/timelinestrip.cpp timeline/timelinestrip.h
  timeline/timelinetable.cpp timeline/timelinetable.h
  timeline/timelineview.cpp timeline/timelineview.h
  timeline/timelinework.cpp timeline/timelinework.h
  timeline/timelinewords.cpp timeline/timelinewords.h
  timeline/timescale.cpp timeline/timescale.h
  timeline/wheel.cpp timeline/wheel.h)
