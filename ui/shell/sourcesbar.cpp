#include "shell/sourcesbar.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTimer>

namespace tidemark {

SourcesBar::SourcesBar(QWidget *parent)
    : QWidget(parent)
    , m_messageEnds(new QTimer(this))
{
    setObjectName(QStringLiteral("sources"));
    setAccessibleRole(this, QAccessible::StatusBar);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_messageEnds->setSingleShot(true);
    m_messageEnds->setInterval(8000);
    connect(m_messageEnds, &QTimer::timeout, this, [this] {
        m_message.clear();
        describe();
    });
}

void SourcesBar::tell(std::vector<SourceEntry> entries, const QString &signedIn)
{
    if (entries == m_entries && signedIn == m_signedIn)
        return;
    m_entries = std::move(entries);
    m_signedIn = signedIn;
    describe();
}

void SourcesBar::say(const QString &message)
{
    m_message = message;
    m_messageEnds->start();
    describe();
}

void SourcesBar::describe()
{
    setAccessibleName(plainText());
    update();
}

QString SourcesBar::plainText() const
{
    QStringList words;
    for (const SourceEntry &entry : m_entries)
        words << entry.words;
    words << (m_message.isEmpty() ? m_signedIn : m_message);
    return words.join(QStringLiteral("; "));
}

QSize SourcesBar::sizeHint() const
{
    return { 100, Theme::of(this).px(24) };
}

void SourcesBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Win));
    painter.fillRect(0, 0, width(), 1, theme.color(Token::Sep));
    const QFont plain = theme.font(FontRole::Secondary);
    const QString end = m_message.isEmpty() ? m_signedIn : m_message;
    const int right = width() - 10 - QFontMetrics(plain).horizontalAdvance(end);
    painter.setFont(plain);
    painter.setPen(theme.color(m_message.isEmpty() ? Token::T2 : Token::T1));
    painter.drawText(QRect(right, 1, width() - right, height() - 1), Qt::AlignVCenter, end);
    const int side = theme.px(14);
    int x = 8;
    for (const SourceEntry &entry : m_entries) {
        const bool loud = entry.glyph == Glyph::Attention || entry.glyph == Glyph::Failed;
        painter.setFont(theme.font(loud ? FontRole::SecondaryStrong : FontRole::Secondary));
        const int words = painter.fontMetrics().horizontalAdvance(entry.words);
        if (x + side + words + 30 > right)
            break; // the tooltips of the strip and the settings tell all
        paintGlyph(painter, theme, entry.glyph, QRect(x, (height() - side) / 2 + 1, side, side));
        painter.setPen(theme.color(loud ? Token::Warn : Token::T2));
        painter.drawText(QRect(x + side + 6, 1, words + 2, height() - 1), Qt::AlignVCenter, entry.words);
        x += side + 6 + words + 12;
        painter.fillRect(x, 5, 1, height() - 9, theme.color(Token::Sep));
        x += 12;
    }
}

} // namespace tidemark
