# tidemark_ui: everything with widgets. Each page's folder lists its files in its own sources.cmake
# (`list(APPEND UI_SOURCES overview/overviewpage.cpp …)`).
set(UI_SOURCES
  ../resources/icons/icons.qrc
  theme/accessiblerole.cpp theme/accessiblerole.h
  theme/errorcodes.cpp theme/errorcodes.h
  theme/errortext.cpp theme/errortext.h
  theme/fills.cpp theme/fills.h
  theme/focusring.cpp theme/focusring.h
  theme/fonts.cpp theme/fonts.h
  theme/drawnonce.h theme/glyphs.cpp theme/glyphs.h
  theme/icons.cpp theme/icons.h
  theme/style.cpp theme/style.h
  theme/stylebuttons.cpp theme/stylefields.cpp theme/stylemenus.cpp theme/styleviews.cpp theme/styleparts.h
  theme/theme.cpp theme/theme.h
  theme/tokens.cpp theme/tokens.h
  widgets/acceptdialog.cpp widgets/acceptdialog.h
  widgets/amounts.cpp widgets/amounts.h
  widgets/banner.cpp widgets/banner.h
  widgets/bars.cpp widgets/bars.h
  widgets/buttons.cpp widgets/buttons.h
  widgets/confirmation.cpp widgets/confirmation.h
  widgets/delegates.cpp widgets/delegates.h
  widgets/emptystate.cpp widgets/emptystate.h
  widgets/environmentblock.cpp widgets/environmentblock.h
  widgets/filedialogs.cpp widgets/filedialogs.h
  widgets/keycap.cpp widgets/keycap.h
  widgets/keyvalue.cpp widgets/keyvalue.h
  widgets/marks.cpp widgets/marks.h
  widgets/segmentedcontrol.cpp widgets/segmentedcontrol.h
  widgets/secretquestion.cpp widgets/secretquestion.h
  widgets/textlabel.cpp widgets/textlabel.h)
foreach(page shell overview calendar timeline moment run activity settings firstrun)
  include(${CMAKE_CURRENT_SOURCE_DIR}/${page}/sources.cmake OPTIONAL)
endforeach()

tidemark_room(tidemark_ui
  FOLDERS ui/theme ui/widgets ui/shell ui/overview ui/calendar ui/timeline ui/moment ui/run ui/activity ui/settings ui/firstrun
  SOURCES ${UI_SOURCES}
  USES tm_ports tm_reports Qt6::Widgets
  INSIDE Qt6::Svg)
set_target_properties(tidemark_ui PROPERTIES AUTORCC ON)
if(TARGET tidemark_items)
  target_link_libraries(tidemark_ui PUBLIC tidemark_items)
endif()
