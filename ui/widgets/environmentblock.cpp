#include "widgets/environmentblock.h"

#include "theme/accessiblerole.h"
#include "theme/fills.h"
#include "theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool isProduction(Environment environment)
{
    return environment == Environment::Production || environment == Environment::Unset;
}

} // namespace

EnvironmentEdge::EnvironmentEdge(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Graphic);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setEnvironment({});
}

void EnvironmentEdge::setEnvironment(std::optional<Environment> environment)
{
    m_environment = environment;
    setAccessibleName(environment ? environmentWords(*environment) : tr("All clusters"));
    update();
}

QSize EnvironmentEdge::sizeHint() const
{
    return { 6, 6 };
}

void EnvironmentEdge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_environment)
        paintEnvironmentEdge(painter, Theme::of(this), *m_environment, rect());
    else
        paintNeutralEdge(painter, Theme::of(this), rect());
}

EnvironmentBlock::EnvironmentBlock(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    showAll({});
}

void EnvironmentBlock::showCluster(Environment environment, const QString &name)
{
    m_environment = environment;
    say(environmentWords(environment), environmentLetters(environment), name);
}

void EnvironmentBlock::showAll(const QString &summary)
{
    m_environment.reset();
    say(tr("All clusters"), tr("ALL", "first letters of All clusters"), summary);
}

void EnvironmentBlock::say(const QString &heading, const QString &letters, const QString &name)
{
    m_heading = heading.toUpper();
    m_letters = letters;
    m_name = name;
    setAccessibleName(name.isEmpty() ? heading : tr("%1: %2", "environment: cluster").arg(heading, name));
    setToolTip(m_narrow ? accessibleName() : QString());
    update();
}

void EnvironmentBlock::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setToolTip(narrow ? accessibleName() : QString());
    update();
}

QSize EnvironmentBlock::sizeHint() const
{
    return { 48, Theme::of(this).px(56) };
}

void EnvironmentBlock::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    if (m_environment && isProduction(*m_environment)) {
        painter.fillRect(rect(), theme.color(Token::Prod));
        paintWords(painter, theme.color(Token::OnProd), theme.color(Token::OnProd));
    } else if (m_environment == Environment::Test) {
        painter.fillRect(rect(), theme.color(Token::Test));
        paintWords(painter, theme.color(Token::OnTest), theme.color(Token::OnTest));
    } else {
        painter.fillRect(rect(), theme.color(Token::Win));
        paintWords(painter, theme.color(m_environment ? Token::T1 : Token::T2), theme.color(Token::T1));
    }
    if (theme.isHighContrast() || !m_environment || m_environment == Environment::Lab)
        painter.fillRect(0, height() - 1, width(), 1, theme.color(Token::Sep));
}

void EnvironmentBlock::paintWords(QPainter &painter, const QColor &heading, const QColor &name) const
{
    const Theme &theme = Theme::of(this);
    QFont caps = theme.font(FontRole::SmallStrong);
    caps.setLetterSpacing(QFont::AbsoluteSpacing, m_narrow ? 0.2 : 0.8);
    painter.setFont(caps);
    painter.setPen(heading);
    if (m_narrow)
        return painter.drawText(rect(), Qt::AlignCenter, m_letters);
    const QRect words = rect().adjusted(theme.px(10), theme.px(8), -8, 0);
    const QRect upper(words.left(), words.top(), words.width(), theme.px(15));
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, m_heading);
    QFont large = theme.font(FontRole::Strong);
    large.setPixelSize(theme.px(14));
    painter.setFont(large);
    painter.setPen(name);
    const QRect lower(words.left(), upper.bottom() + 1, words.width(), theme.px(20));
    painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(large).elidedText(m_name, Qt::ElideRight, lower.width()));
}

EnvironmentHeading::EnvironmentHeading(Environment environment, const QString &target, QWidget *parent)
    : QWidget(parent)
    , m_environment(environment)
    , m_words(environmentWords(environment).toUpper() + QStringLiteral(" · ") + target)
{
    setAccessibleName(m_words);
    setFixedHeight(Theme::of(this).px(30));
}

void EnvironmentHeading::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const bool lab = m_environment == Environment::Lab;
    const bool test = m_environment == Environment::Test;
    painter.fillRect(rect(), theme.color(lab ? Token::Alt : test ? Token::Test : Token::Prod));
    painter.setFont(theme.font(FontRole::SecondaryStrong));
    painter.setPen(theme.color(lab ? Token::T1 : test ? Token::OnTest : Token::OnProd));
    painter.drawText(rect().adjusted(14, 0, -14, 0), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_words, Qt::ElideRight, width() - 28));
}

} // namespace tidemark
