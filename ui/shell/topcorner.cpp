#include "shell/topcorner.h"

#include "shell/clockswitch.h"
#include "shell/page.h"
#include "theme/accessiblerole.h"
#include "theme/glyphs.h"
#include "widgets/keycap.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Looks like a field, opens the palette.
class PaletteField : public QAbstractButton
{
public:
    explicit PaletteField(QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(TopCorner::tr("Go to, run, find…"));
        setAccessibleName(TopCorner::tr("Command palette"));
        setObjectName(u"palette.field"_s);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::IBeamCursor);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        return { theme.px(236), theme.px(24) };
    }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return { Theme::of(this).px(120), sizeHint().height() };
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.color(hasFocus() ? Token::Acc : Token::Edge));
        painter.setBrush(theme.color(Token::Ctl));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        const int side = theme.px(14);
        painter.drawPixmap(9, (height() - side) / 2,
            theme.iconPixmap(u"search"_s, theme.color(Token::T3), side, devicePixelRatioF()));
        const QString keys = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText);
        const int cap = paintKeyCap(painter, theme, keys, QPoint(width() - 5, height() / 2), Qt::AlignRight);
        painter.setFont(theme.font(FontRole::Secondary));
        painter.setPen(theme.color(Token::T3));
        const QRect words(9 + side + 8, 0, width() - cap - side - 30, height());
        painter.drawText(
            words, Qt::AlignVCenter, painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    }
};

Token inkOf(Freshness::Level level)
{
    const bool late = level == Freshness::Level::Stale || level == Freshness::Level::Offline;
    return late ? Token::Warn : Token::T2;
}

} // namespace

FreshnessLabel::FreshnessLabel(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setObjectName(u"freshness"_s);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    tell({});
}

void FreshnessLabel::tell(const Freshness &freshness)
{
    if (freshness == m_freshness && !accessibleName().isEmpty())
        return;
    m_freshness = freshness;
    setAccessibleName(freshness.words);
    updateGeometry();
    update();
}

QSize FreshnessLabel::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    const QFontMetrics metrics(theme.font(
        inkOf(m_freshness.level) == Token::Warn ? FontRole::SecondaryStrong : FontRole::Secondary));
    return { metrics.horizontalAdvance(m_freshness.words) + theme.px(22), theme.px(24) };
}

void FreshnessLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const Token ink = inkOf(m_freshness.level);
    QPainter painter(this);
    const bool live = m_freshness.level == Freshness::Level::Live;
    if (live) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Token::OkFill));
        painter.drawEllipse(QPointF(theme.px(7), height() / 2.0), theme.px(7) / 2.0, theme.px(7) / 2.0);
    } else {
        const int side = theme.px(14);
        const QString icon = m_freshness.level == Freshness::Level::Stale ? u"clock"_s : u"off"_s;
        painter.drawPixmap(
            0, (height() - side) / 2, theme.iconPixmap(icon, theme.color(ink), side, devicePixelRatioF()));
    }
    painter.setFont(theme.font(ink == Token::Warn ? FontRole::SecondaryStrong : FontRole::Secondary));
    painter.setPen(theme.color(ink));
    painter.drawText(rect().adjusted(theme.px(18), 0, 0, 0), Qt::AlignVCenter, m_freshness.words);
}

TopCorner::TopCorner(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_palette(new PaletteField(this))
    , m_clocks(new ClockSwitch(context.clocks, context.clock, this))
    , m_freshness(new FreshnessLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 16, 0);
    row->setSpacing(9);
    row->addWidget(m_palette);
    row->addWidget(m_clocks);
    row->addSpacing(2);
    row->addWidget(m_freshness);
    m_field = m_palette->sizeHint().width();
    m_palette->setFixedWidth(m_field);
}

void TopCorner::setRoom(int width)
{
    if (std::exchange(m_room, width) != width)
        fit();
}

void TopCorner::fit()
{
    const int others = layout()->sizeHint().width() - m_field;
    m_field
        = std::clamp(m_room - others, m_palette->minimumSizeHint().width(), m_palette->sizeHint().width());
    m_palette->setFixedWidth(m_field);
}

void TopCorner::tick()
{
    m_clocks->tick();
}

void TopCorner::tell(const Freshness &freshness)
{
    m_freshness->tell(freshness);
    updateGeometry();
    fit();
}

} // namespace tidemark
