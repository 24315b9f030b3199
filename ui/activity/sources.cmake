list(APPEND UI_SOURCES
  activity/activitypage.cpp activity/activitypage.h
  activity/activityrows.cpp activity/activityrows.h)
