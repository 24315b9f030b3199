#include "firstrun/firstrunpage.h"

#include "firstrun/connectpane.h"
#include "firstrun/labpane.h"
#include "firstrun/leastprivilege.h"
#include "firstrun/openfilepane.h"
#include "firstrun/waycard.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/copydialog.h"
#include "widgets/textlabel.h"

#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace tidemark {

FirstRunPage::FirstRunPage(PageContext context, QWidget *parent)
    : Page(std::move(context), parent)
    , m_connect(new ConnectPane(m_context))
    , m_open(new OpenFilePane(m_context))
    , m_lab(new LabPane(m_context))
    , m_stack(new QStackedWidget)
    , m_side(ways())
{
    for (QWidget *pane : std::initializer_list<QWidget *> { m_connect, m_open, m_lab })
        m_stack->addWidget(pane);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_side);
    auto *content = new Ground(Token::Surface, Ground::Line::None);
    auto *inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_stack);
    row->addWidget(content, 1);
    m_cards.front()->setChecked(true);
}

QString FirstRunPage::subtitle() const
{
    return tr("Nothing is changed on any server until you run a plan yourself.");
}

QWidget *FirstRunPage::ways()
{
    m_cards = { new WayCard(u"server"_s, tr("Connect my servers"),
                    tr("PostgreSQL from a service file or by host, and Proxmox Backup Server")),
        new WayCard(u"doc"_s, tr("Open a fleet file"),
            tr("servers, objectives and sources shared by a colleague; no passwords inside")),
        new WayCard(u"flask"_s, tr("Practice lab"),
            tr("throwaway clusters and a simulated backup server on this machine. Break it, recover it. "
               "Needs 1.2 GB.")) };
    auto *side = new Ground(Token::Alt, Ground::Line::Right);
    side->setFixedWidth(Theme::of(this).px(291));
    auto *cards = new QWidget;
    auto *column = new QVBoxLayout(cards);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (int way = 0; way < int(m_cards.size()); ++way) {
        m_cards[std::size_t(way)]->setObjectName(u"way%1"_s.arg(way));
        column->addWidget(m_cards[std::size_t(way)]);
        connect(m_cards[std::size_t(way)], &QAbstractButton::clicked, this, [this, way] { choose(way); });
    }
    auto *start = makeSmallButton(tr("Open practice lab"), m_cards.back());
    start->setObjectName(u"labFromCard"_s);
    m_cards.back()->setButton(start);
    connect(start, &QPushButton::clicked, this, [this] {
        m_cards.back()->setChecked(true);
        choose(2);
        m_lab->start();
    });
    column->addStretch();
    column->addWidget(whatIsRead());
    auto *frame = new QVBoxLayout(side);
    frame->setContentsMargins(0, 0, 1, 0);
    frame->addWidget(makeScrolling(cards));
    return side;
}

QWidget *FirstRunPage::whatIsRead()
{
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(18, 0, 18, 14);
    column->setSpacing(6);
    auto *words = new TextLabel(
        tr("Statistics and settings of the servers, lists of the backup server, their sizes and "
           "states. Passwords stay in the desktop keyring."),
        FontRole::Secondary, Token::T2);
    words->setWordWrap(true);
    auto *roles = makeButton(tr("Least-privilege roles, ready to copy"), ButtonKind::Link);
    roles->setObjectName(u"leastPrivilege"_s);
    column->addWidget(new TextLabel(tr("What Tidemark reads"), FontRole::SecondaryStrong));
    column->addWidget(words);
    column->addWidget(roles, 0, Qt::AlignLeft);
    connect(roles, &QPushButton::clicked, this, &FirstRunPage::showRoles);
    return pane;
}

void FirstRunPage::choose(int way)
{
    m_stack->setCurrentIndex(way);
    if (way == 1)
        m_open->begin();
}

void FirstRunPage::showRoles()
{
    auto *dialog = new CopyDialog(tr("Least-privilege roles"),
        tr("What Tidemark needs to read and nothing more. Take the part for each server and run it there."),
        leastPrivilegeText(), window());
    dialog->open();
}

std::vector<QWidget *> FirstRunPage::panes()
{
    return { m_side, m_stack };
}

std::vector<PaletteEntry> FirstRunPage::paletteEntries()
{
    PaletteEntry roles;
    roles.text = tr("Least-privilege roles…");
    roles.hint = tr("statements and commands to copy");
    roles.synonyms = QStringList { tr("grant"), tr("rights"), tr("permissions") };
    roles.icon = u"key"_s;
    roles.open = [this] { showRoles(); };
    return { roles };
}

void FirstRunPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_connect->begin();
}

} // namespace tidemark
