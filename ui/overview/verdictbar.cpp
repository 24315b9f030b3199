#include "overview/verdictbar.h"

#include "widgets/figures.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int SentenceLeast = 340; // at the reference text size

} // namespace

TallyMark::TallyMark(const QString &label, QWidget *parent)
    : QWidget(parent)
    , m_label(label)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

QString TallyMark::figure() const
{
    if (m_tally.total == 0)
        return tr("none", "nothing is promised");
    const bool unknown = m_tally.good == 0 && m_tally.bad == 0;
    return tr("%1 of %2")
        .arg(unknown ? u"–"_s : QString::number(m_tally.good), QString::number(m_tally.total));
}

void TallyMark::setLabel(const QString &label)
{
    m_label = label;
}

void TallyMark::setCount(const Tally &tally)
{
    m_tally = tally;
    setAccessibleName(tr("%1 %2", "count and what is counted").arg(figure(), m_label));
    setToolTip(tally.total == 0 ? tr("The fleet file promises none")
                                : tr("%1 yes, %2 no, %3 not known")
                                      .arg(tally.good)
                                      .arg(tally.bad)
                                      .arg(tally.total - tally.good - tally.bad));
    updateGeometry();
    update();
}

QSize TallyMark::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    QFont strong = theme.font(FontRole::PageTitle);
    const int first = QFontMetrics(strong).horizontalAdvance(figure()) + theme.px(10) + dots() * theme.px(12);
    const int second = QFontMetrics(theme.font(FontRole::Small)).horizontalAdvance(m_label);
    return { qMax(first, second) + theme.px(36), theme.px(34) };
}

void TallyMark::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int top = (height() - theme.px(34)) / 2;
    painter.fillRect(QRect(0, top, 1, theme.px(34)), theme.color(Token::Sep));
    const int left = theme.px(18);
    painter.setFont(theme.font(FontRole::PageTitle));
    painter.setPen(theme.color(Token::T1));
    const QRect line(left, top - theme.px(2), width() - left, theme.px(20));
    painter.drawText(line, int(Qt::AlignLeft) | Qt::AlignVCenter, figure());
    qreal x = left + painter.fontMetrics().horizontalAdvance(figure()) + theme.px(10);
    const qreal size = theme.px(8);
    for (int at = 0; at < dots(); ++at, x += theme.px(12)) {
        const QRectF dot(x, line.center().y() - size / 2 + 0.5, size, size);
        const bool good = at < m_tally.good;
        painter.setPen(good ? QPen(Qt::NoPen) : QPen(theme.color(Token::FailFill), 1.5));
        if (at >= m_tally.good + m_tally.bad) { // not known: a dash, told from a bad one without its colour
            painter.fillRect(
                QRectF(dot.left() + 1, dot.center().y() - 0.75, size - 2, 1.5), theme.color(Token::Edge));
            continue;
        }
        painter.setBrush(good ? QBrush(theme.color(Token::Band)) : QBrush(Qt::NoBrush));
        painter.drawEllipse(good ? dot : dot.adjusted(0.75, 0.75, -0.75, -0.75));
    }
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    painter.drawText(QRect(left, top + theme.px(19), width() - left, theme.px(15)),
        int(Qt::AlignLeft) | Qt::AlignVCenter, m_label);
}

VerdictBar::VerdictBar(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphMark(Glyph::Running, 22))
    , m_sentence(new TextLabel({}, FontRole::Verdict))
    , m_support(new TextLabel({}, FontRole::Interface, Token::T2))
    , m_rpo(new TallyMark(tr("inside RPO now")))
    , m_rto(new TallyMark(tr("inside RTO when tested")))
    , m_proven(new TallyMark(tr("proven in time")))
{
    m_glyph->setObjectName(u"verdictGlyph"_s);
    m_sentence->setObjectName(u"verdictSentence"_s);
    m_support->setObjectName(u"verdictSupport"_s);
    m_sentence->setElided();
    m_support->setElided();
    m_sentence->setMinimumWidth(1);
    m_support->setMinimumWidth(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    words->addStretch();
    words->addWidget(m_sentence);
    words->addWidget(m_support);
    words->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 4, 0);
    row->setSpacing(14);
    row->addWidget(m_glyph);
    row->addLayout(words, 1);
    row->addSpacing(8);
    row->setSpacing(14);
    for (TallyMark *tally : { m_rpo, m_rto, m_proven })
        row->addWidget(tally);
    setFixedHeight(Theme::of(this).px(72));
}

// The sentence is the answer: where it would be cut to nothing, the figures give way, the last one first.
void VerdictBar::fit()
{
    const Theme &theme = Theme::of(this);
    int room = width() - theme.px(SentenceLeast) - m_glyph->width() - 70;
    for (TallyMark *tally : { m_rpo, m_rto, m_proven }) {
        room -= tally->sizeHint().width() + 14;
        tally->setVisible(room >= 0);
    }
}

void VerdictBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void VerdictBar::say(const VerdictWords &words)
{
    m_glyph->setGlyph(glyphOf(words.standing));
    m_sentence->setText(oneLine(words.sentence));
    m_support->setText(oneLine(words.support));
}

void VerdictBar::count(const OverviewTallies &tallies, const QString &provenLabel)
{
    m_proven->setLabel(provenLabel);
    m_rpo->setCount(tallies.rpo);
    m_rto->setCount(tallies.rto);
    m_proven->setCount(tallies.proven);
    fit();
}

void VerdictBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Sep));
}

} // namespace tidemark
