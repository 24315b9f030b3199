list(APPEND UI_SOURCES
  run/logview.cpp run/logview.h
  run/plandialog.cpp run/plandialog.h
  run/runpane.cpp run/runpane.h
  run/runview.cpp run/runview.h
  run/runwords.cpp run/runwords.h
  run/sharebar.cpp run/sharebar.h
  run/steplist.cpp run/steplist.h)
