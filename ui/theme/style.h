#pragma once

#include <QProxyStyle>

class QAbstractButton;
class QLineEdit;

namespace tidemark {

class Theme;
class StylePainter;

enum class ButtonKind {
    Normal,
    Primary, // the one act of a page or dialog
    Destructive,
    Link, // text only
    Quiet // no outline until the pointer is on it
};

// What a button is for; the style paints it so.
void setButtonKind(QAbstractButton *button, ButtonKind kind);
// 22 px high with 12 px text, for strips and cells.
void setSmall(QAbstractButton *button);
// A field whose text cannot be read gets the red outline; say why beside it.
void setInvalid(QWidget *field, bool invalid);

// Fusion with the metrics, outlines and colours of the design. Control outlines live in styleparts.h.
class Style : public QProxyStyle
{
    Q_OBJECT

public:
    explicit Style(const Theme &theme);

    void polish(QWidget *widget) override;
    void polish(QPalette &palette) override;
    void polish(QApplication *app) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(
        SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
        SubControl part, const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
        const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(
        PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *result) const override;
    [[nodiscard]] QIcon standardIcon(
        StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const override;

private:
    const Theme &m_theme;
};

} // namespace tidemark
