#pragma once

#include "shell/sourcewords.h"

#include <QWidget>

class QAbstractButton;

namespace tidemark {

struct PageContext;
class ClockSwitch;

// A dot or glyph and how fresh what is shown is.
class FreshnessLabel : public QWidget
{
    Q_OBJECT

public:
    explicit FreshnessLabel(QWidget *parent = nullptr);
    void tell(const Freshness &freshness);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Freshness m_freshness;
};

// The right end of the menu bar: palette field, the two clocks, freshness.
class TopCorner : public QWidget
{
    Q_OBJECT

public:
    explicit TopCorner(const PageContext &context, QWidget *parent = nullptr);
    // How wide it may be; the field of the palette gives way first.
    void setRoom(int width);
    void tick();
    void tell(const Freshness &freshness);
    [[nodiscard]] QAbstractButton *paletteField() const { return m_palette; }

private:
    void fit();

    int m_room = 0;
    int m_field = 0; // width of the palette field
    QAbstractButton *m_palette;
    ClockSwitch *m_clocks;
    FreshnessLabel *m_freshness;
};

} // namespace tidemark
