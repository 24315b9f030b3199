#pragma once

#include <QRectF>
#include <QStyleOption>

class QPainter;
class QWidget;

// The parts of Style, one function for each thing painted. Inner to ui/theme.
namespace tidemark {

class Theme;
}

namespace tidemark::parts {

// A rounded box whose 1 px outline lies on whole pixels.
void box(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &outline, qreal radius = 4,
    Qt::PenStyle line = Qt::SolidLine);
// Without colours what is disabled shows by a dashed outline.
[[nodiscard]] Qt::PenStyle outlineStyle(const Theme &theme, const QStyleOption &option);
// The ground of a selected row; without colours two bars stand for it.
void selection(QPainter &painter, const Theme &theme, const QRect &rect);
void icon(QPainter &painter, const Theme &theme, const QString &name, const QColor &color, const QRect &rect);
[[nodiscard]] QFont buttonFont(const Theme &theme, const QWidget *button);

void pushButton(QPainter &, const Theme &, const QStyleOptionButton &, const QWidget *);
[[nodiscard]] QSize pushButtonSize(const Theme &, const QStyleOptionButton &, const QWidget *);
void toolButton(QPainter &, const Theme &, const QStyleOptionToolButton &, const QWidget *);
[[nodiscard]] QSize toolButtonSize(const Theme &, const QStyleOptionToolButton &, const QWidget *);
void checkBox(QPainter &, const Theme &, const QStyleOption &);
void radioButton(QPainter &, const Theme &, const QStyleOption &);

void lineEdit(QPainter &, const Theme &, const QStyleOption &, const QWidget *);
void comboBox(QPainter &, const Theme &, const QStyleOptionComboBox &, const QWidget *);
void comboLabel(QPainter &, const Theme &, const QStyleOptionComboBox &);
void spinBox(QPainter &, const Theme &, const QStyleOptionSpinBox &, const QWidget *);
void scrollBar(QPainter &, const Theme &, const QStyleOptionSlider &);
[[nodiscard]] QRect scrollBarPart(const QStyleOptionSlider &, QStyle::SubControl, int extent);
void progressBar(QPainter &, const Theme &, const QStyleOptionProgressBar &);

void menuBarItem(QPainter &, const Theme &, const QStyleOptionMenuItem &);
void menuItem(QPainter &, const Theme &, const QStyleOptionMenuItem &);
[[nodiscard]] QSize menuItemSize(const Theme &, const QStyleOptionMenuItem &, const QSize &);

void headerSection(QPainter &, const Theme &, const QStyleOptionHeader &);
void headerLabel(QPainter &, const Theme &, const QStyleOptionHeader &);
void itemRow(QPainter &, const Theme &, const QStyleOptionViewItem &, const QWidget *);
void itemPanel(QPainter &, const Theme &, const QStyleOptionViewItem &, const QWidget *);
void itemFocus(QPainter &, const Theme &, const QRect &);
void branch(QPainter &, const Theme &, const QStyleOption &);

} // namespace tidemark::parts
