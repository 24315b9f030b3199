#include "shell/clockswitch.h"

#include "shell/clocks.h"
#include "theme/accessiblerole.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QPainter>

namespace tidemark {

// One half: the zone in words, the time in figures.
class ClockSwitch::Half : public QAbstractButton
{
public:
    explicit Half(bool first, QWidget *parent)
        : QAbstractButton(parent)
        , m_first(first)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void tell(const QString &zone, const QString &time)
    {
        const bool wider = zone.size() != m_zone.size() || time.size() != m_time.size();
        m_zone = zone;
        m_time = time;
        setAccessibleName(ClockSwitch::tr("Times in %1", "a time zone").arg(zone));
        setAccessibleDescription(time);
        if (wider)
            updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        const int zone = QFontMetrics(theme.font(FontRole::SecondaryStrong)).horizontalAdvance(m_zone);
        const int time = m_time.isEmpty()
            ? 0
            : QFontMetrics(theme.font(FontRole::MonoStrong)).horizontalAdvance(m_time) + 7;
        return { zone + time + theme.px(18), theme.px(24) };
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        paintGround(painter, theme);
        painter.setPen(theme.color(isChecked() ? Token::Acc2 : Token::T2));
        painter.setFont(theme.font(isChecked() ? FontRole::SecondaryStrong : FontRole::Secondary));
        const QRect words = rect().adjusted(theme.px(9), 0, -theme.px(9), 0);
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, m_zone);
        painter.setFont(theme.font(isChecked() ? FontRole::MonoStrong : FontRole::Mono));
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignRight, m_time);
    }

private:
    void paintGround(QPainter &painter, const Theme &theme)
    {
        const QRectF box = QRectF(rect()).adjusted(m_first ? 0.5 : -8, 0.5, m_first ? 8 : -0.5, -0.5);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.color(Token::Line));
        painter.setBrush(theme.color(isChecked() ? Token::AccTint : Token::Ctl));
        painter.drawRoundedRect(box, 4, 4);
        painter.setRenderHint(QPainter::Antialiasing, false);
        if (!m_first)
            painter.fillRect(0, 0, 1, height(), theme.color(Token::Line));
        if (isChecked())
            painter.fillRect(m_first ? 1 : 0, height() - 2, width() - 1, 2, theme.color(Token::Acc));
    }

    bool m_first;
    QString m_zone;
    QString m_time;
};

ClockSwitch::ClockSwitch(std::shared_ptr<Clocks> clocks, std::shared_ptr<Clock> clock, QWidget *parent)
    : QWidget(parent)
    , m_clocks(std::move(clocks))
    , m_clock(std::move(clock))
    , m_utc(new Half(true, this))
    , m_local(new Half(false, this))
{
    setAccessibleRole(this, QAccessible::Grouping);
    setAccessibleName(tr("UTC or local time"));
    setToolTip(tr("UTC or local time in all tables (%1)")
                   .arg(QKeySequence(Qt::CTRL | Qt::Key_T).toString(QKeySequence::NativeText)));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_utc->setObjectName(QStringLiteral("clock.utc"));
    m_local->setObjectName(QStringLiteral("clock.local"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(m_utc);
    row->addWidget(m_local);
    connect(m_utc, &QAbstractButton::clicked, this, [this] {
        m_clocks->setActive(Clocks::Face::Utc);
        showActive();
    });
    connect(m_local, &QAbstractButton::clicked, this, [this] {
        m_clocks->setActive(Clocks::Face::Local);
        showActive();
    });
    connect(m_clocks.get(), &Clocks::changed, this, [this] {
        showActive();
        tick();
    });
    showActive();
    tick();
}

void ClockSwitch::tick()
{
    const Instant now = m_clock->now();
    using Face = Clocks::Face;
    const auto time = [&](Face face) { return m_clocks->at(now, face).toString(QStringLiteral("HH:mm:ss")); };
    m_utc->tell(m_clocks->zoneWords(now, Face::Utc), time(Face::Utc));
    m_local->tell(m_clocks->zoneWords(now, Face::Local), time(Face::Local));
}

void ClockSwitch::showActive()
{
    m_utc->setChecked(m_clocks->active() == Clocks::Face::Utc);
    m_local->setChecked(m_clocks->active() == Clocks::Face::Local);
}

} // namespace tidemark
