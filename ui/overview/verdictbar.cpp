#include "overview/verdictbar.h"

#include "fleet/access.h"
#include "widgets/figures.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int SentenceLeast = 340; // at the reference text size

bool answers(const OverviewRow &row)
{
    return row.server.facts && (row.server.reach == Reach::Live || row.server.reach == Reach::Answering);
}

bool silent(const OverviewRow &row)
{
    return row.server.reach == Reach::Offline;
}

bool archivesWell(const OverviewRow &row)
{
    return answers(row) && archives(*row.server.facts) && row.server.facts->archiver
        && row.server.facts->archiver->lastArchivedAt && !archiverFails(*row.server.facts);
}

bool archivesNot(const OverviewRow &row)
{
    if (!answers(row) || row.server.facts->inRecovery)
        return false;
    return archiverFails(*row.server.facts) || row.server.facts->archiveMode == u"off";
}

bool seesAll(const OverviewRow &row)
{
    return answers(row) && row.server.facts->missing.empty();
}

bool seesPart(const OverviewRow &row)
{
    return answers(row) && !row.server.facts->missing.empty();
}

} // namespace

TallyMark::TallyMark(const QString &label, QWidget *parent)
    : QWidget(parent)
    , m_label(label)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

QString TallyMark::figure() const
{
    const bool unknown = m_good == 0 && m_bad == 0;
    return tr("%1 of %2").arg(unknown ? u"–"_s : QString::number(m_good), QString::number(m_total));
}

void TallyMark::setCount(int good, int bad, int total)
{
    m_good = good;
    m_bad = bad;
    m_total = total;
    setAccessibleName(tr("%1 %2", "count and what is counted").arg(figure(), m_label));
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
        const bool good = at < m_good;
        painter.setPen(good ? QPen(Qt::NoPen) : QPen(theme.color(Token::FailFill), 1.5));
        if (at >= m_good + m_bad) { // not known: a dash, told from a bad one without its colour
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
    , m_answering(new TallyMark(tr("answer now")))
    , m_archiving(new TallyMark(tr("archive WAL")))
    , m_rights(new TallyMark(tr("show all that is needed")))
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
    for (TallyMark *tally : { m_answering, m_archiving, m_rights })
        row->addWidget(tally);
    setFixedHeight(Theme::of(this).px(72));
}

// The sentence is the answer: where it would be cut to nothing, the figures give way, the last one first.
void VerdictBar::fit()
{
    const Theme &theme = Theme::of(this);
    int room = width() - theme.px(SentenceLeast) - m_glyph->width() - 70;
    for (TallyMark *tally : { m_answering, m_archiving, m_rights }) {
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

void VerdictBar::count(const std::vector<OverviewRow> &rows)
{
    const int total = int(rows.size());
    const auto counted = [&](auto good) { return int(std::count_if(rows.begin(), rows.end(), good)); };
    m_answering->setCount(counted(answers), counted(silent), total);
    m_archiving->setCount(counted(archivesWell), counted(archivesNot), total);
    m_rights->setCount(counted(seesAll), counted(seesPart), total);
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
