#include "shell/commandpalette.h"

#include "items/cell.h"
#include "shell/palettedelegate.h"
#include "theme/theme.h"
#include "widgets/bars.h"
#include "widgets/figures.h"
#include "widgets/keycap.h"
#include "widgets/marks.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Ranges = QList<QPair<int, int>>;

Ranges asVariantRanges(const std::vector<Range> &ranges)
{
    Ranges out;
    for (const Range &range : ranges)
        out.append({ int(range.from), int(range.length) });
    return out;
}

QString groupWords(PaletteItem::Group group)
{
    switch (group) {
    case PaletteItem::Group::Run:
        return CommandPalette::tr("Run");
    case PaletteItem::Group::GoTo:
        return CommandPalette::tr("Go to");
    case PaletteItem::Group::Clusters:
        return CommandPalette::tr("Clusters");
    }
    return {};
}

int bestOf(
    const std::vector<PaletteItem> &items, const std::vector<PaletteHit> &hits, PaletteItem::Group group)
{
    int best = -1;
    for (const PaletteHit &hit : hits)
        if (items[hit.item].group == group)
            best = std::max(best, hit.match.score);
    return best;
}

} // namespace

std::vector<PaletteHit> paletteHits(
    const std::vector<PaletteItem> &items, const QString &typed, const QString &onlyCluster)
{
    std::vector<PaletteHit> hits;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!onlyCluster.isEmpty() && items[i].cluster != onlyCluster)
            continue;
        if (const auto match = fuzzyMatch(typed, items[i].text, items[i].synonyms))
            hits.push_back({ i, *match });
    }
    using Group = PaletteItem::Group;
    std::array<int, 3> best {};
    for (const Group group : { Group::Run, Group::GoTo, Group::Clusters })
        best[std::size_t(group)] = bestOf(items, hits, group);
    std::ranges::stable_sort(hits, [&](const PaletteHit &one, const PaletteHit &other) {
        const Group a = items[one.item].group;
        const Group b = items[other.item].group;
        if (a != b)
            return std::pair(-best[std::size_t(a)], a) < std::pair(-best[std::size_t(b)], b);
        return one.match.score > other.match.score;
    });
    return hits;
}

CommandPalette::CommandPalette(QWidget *parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_field(new QLineEdit(this))
    , m_view(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_keys(new KeyHints(this))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Command palette"));
    const Theme &theme = Theme::of(this);
    QFont large = theme.font(FontRole::Interface);
    large.setPixelSize(theme.px(15));
    m_field->setFrame(false);
    m_field->setFont(large);
    m_field->setPlaceholderText(tr("Go to, run, find…"));
    m_field->setAccessibleName(tr("What to open"));
    m_field->installEventFilter(this);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PaletteDelegate(m_view));
    m_view->setAccessibleName(tr("What fits"));
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(15, 0, 14, 0);
    top->setSpacing(10);
    top->addWidget(new IconMark(u"search"_s, Token::T2, 16, this));
    top->addWidget(m_field, 1);
    auto *foot = new Ground(Token::Alt, Ground::Line::Top, this);
    auto *hints = new QHBoxLayout(foot);
    hints->setContentsMargins(0, 1, 0, 0);
    hints->addWidget(m_keys);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    top->setSizeConstraint(QLayout::SetMinimumSize);
    m_field->setMinimumHeight(theme.px(40));
    column->addLayout(top);
    auto *rule = new Ground(Token::Sep, Ground::Line::None, this);
    rule->setFixedHeight(1);
    column->addWidget(rule);
    column->addWidget(m_view, 1);
    column->addWidget(foot);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::list);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &CommandPalette::tellKeys);
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_view->setCurrentIndex(index);
        openCurrent();
    });
}

void CommandPalette::popUp(std::vector<PaletteItem> items, const QRect &over)
{
    m_items = std::move(items);
    m_over = over;
    m_onlyCluster.clear();
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    list();
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::list()
{
    m_model->clear();
    std::optional<PaletteItem::Group> group;
    for (const PaletteHit &hit : paletteHits(m_items, m_field->text(), m_onlyCluster)) {
        const auto next = m_items[hit.item].group;
        if (group != next)
            addHeading(next);
        group = next;
        addHit(hit);
    }
    if (m_model->rowCount() == 0) {
        auto *none = new QStandardItem(tr("Nothing fits. Backspace takes a letter back."));
        none->setData(true, PaletteDelegate::IsHeadingRole);
        none->setFlags(Qt::NoItemFlags);
        m_model->appendRow(none);
    }
    m_view->setCurrentIndex({});
    move(1);
    fit();
}

void CommandPalette::addHeading(PaletteItem::Group group)
{
    auto *heading = new QStandardItem(groupWords(group));
    heading->setData(true, PaletteDelegate::IsHeadingRole);
    heading->setFlags(Qt::NoItemFlags);
    m_model->appendRow(heading);
}

void CommandPalette::addHit(const PaletteHit &hit)
{
    const PaletteItem &item = m_items[hit.item];
    auto *row = new QStandardItem(item.text);
    QString hint = item.hint;
    if (!hit.match.synonym.isEmpty()) {
        const QString also = tr("also called %1").arg(hit.match.synonym);
        const Range in { also.indexOf(hit.match.synonym) + hit.match.inSynonym.from,
            hit.match.inSynonym.length };
        row->setData(QVariant::fromValue(asVariantRanges({ in })), PaletteDelegate::HintRangesRole);
        hint = hint.isEmpty() ? also : also + u" · "_s + hint;
    }
    row->setData(QVariant::fromValue(asVariantRanges(hit.match.ranges)), PaletteDelegate::RangesRole);
    row->setData(quint64(hit.item), PaletteDelegate::HitRole);
    row->setData(hint, PaletteDelegate::HintRole);
    row->setData(item.keys, PaletteDelegate::KeysRole);
    row->setData(item.icon, PaletteDelegate::IconRole);
    if (item.environment)
        row->setData(QVariant::fromValue(*item.environment), EnvironmentRole);
    row->setData(hint.isEmpty() ? item.text : item.text + u", "_s + hint, Qt::AccessibleTextRole);
    m_model->appendRow(row);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Tab || key == Qt::Key_Escape)
            event->accept();
    }
    if (watched == m_field && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent *>(event)->key());
    return QFrame::eventFilter(watched, event);
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openCurrent();
        return true;
    case Qt::Key_Tab:
        limit();
        return true;
    case Qt::Key_Backtab:
        unlimit();
        return true;
    case Qt::Key_Backspace:
        if (!m_field->text().isEmpty() || m_onlyCluster.isEmpty())
            return false;
        unlimit();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void CommandPalette::move(int step)
{
    const int count = m_model->rowCount();
    int row = m_view->currentIndex().isValid() ? m_view->currentIndex().row() : step > 0 ? -1 : count;
    do
        row += step;
    while (row >= 0 && row < count && !(m_model->item(row)->flags() & Qt::ItemIsEnabled));
    if (row >= 0 && row < count)
        m_view->setCurrentIndex(m_model->index(row, 0));
    if (row <= 1)
        m_view->scrollToTop();
}

void CommandPalette::limit()
{
    const PaletteItem *item = current();
    if (!item || item->cluster.isEmpty())
        return;
    m_onlyCluster = item->cluster;
    m_field->setPlaceholderText(tr("In %1").arg(m_onlyCluster));
    m_field->clear();
    list();
}

void CommandPalette::unlimit()
{
    m_onlyCluster.clear();
    m_field->setPlaceholderText(tr("Go to, run, find…"));
    list();
}

const PaletteItem *CommandPalette::current() const
{
    const QVariant hit = m_view->currentIndex().data(PaletteDelegate::HitRole);
    return hit.isValid() ? &m_items[hit.toULongLong()] : nullptr;
}

void CommandPalette::openCurrent()
{
    const PaletteItem *item = current();
    if (!item)
        return;
    const auto open = item->open;
    close();
    open();
}

// As high as its rows, within the window.
// The keys that do something now: Tab only where there is a cluster to limit to.
void CommandPalette::tellKeys()
{
    std::vector<KeyHint> keys;
    keys.push_back({ u"↑ ↓"_s, tr("choose", "with the arrow keys"), tr("Arrow keys", "on the keyboard") });
    keys.push_back({ u"↵"_s, tr("open, never runs at once"), tr("Enter", "on the keyboard") });
    const PaletteItem *item = current();
    if (!m_onlyCluster.isEmpty())
        keys.push_back({ tr("Backspace", "on the keyboard"), tr("all again") });
    else if (item && !item->cluster.isEmpty())
        keys.push_back({ tr("Tab", "on the keyboard"), tr("limit to %1").arg(oneLine(item->cluster)) });
    keys.push_back({ tr("Esc", "on the keyboard"), {} });
    m_keys->tell(std::move(keys));
}

void CommandPalette::fit()
{
    const Theme &theme = Theme::of(this);
    const int frame = theme.px(40) + 1 + theme.px(30) + 2;
    const int room = std::max(3, (m_over.height() - frame) / theme.px(31));
    const int height = frame + std::min({ m_model->rowCount(), 12, room }) * theme.px(31);
    const int width = std::min(theme.px(640), m_over.width() - 32);
    setFixedSize(width, height);
    QFrame::move(m_over.left() + (m_over.width() - width) / 2, m_over.top());
}

QString CommandPalette::plainText() const
{
    QStringList lines;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const bool heading = index.data(PaletteDelegate::IsHeadingRole).toBool();
        lines << (heading                                  ? QString()
                         : index == m_view->currentIndex() ? u"> "_s
                                                           : u"  "_s)
                + index.data().toString();
    }
    return lines.join(u'\n');
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Surface));
    painter.setPen(theme.color(Token::Line));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace tidemark
