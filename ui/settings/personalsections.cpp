#include "settings/personalsections.h"

#include "shell/preferencekeys.h"
#include "widgets/buttons.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDesktopServices>
#include <QDir>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLocale>
#include <QTimeZone>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QVBoxLayout *columnOf(QWidget *section, const QString &title, const QString &text)
{
    const Theme &theme = Theme::of(section);
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16));
    column->setSpacing(theme.px(16));
    column->addWidget(new TextLabel(title, FontRole::PageTitle));
    auto *words = new TextLabel(text, FontRole::Interface, Token::T2);
    words->setWordWrap(true);
    words->setMaximumWidth(theme.px(640));
    column->addWidget(words);
    return column;
}

void addLabelled(QFormLayout *form, const QString &name, QWidget *editor)
{
    editor->setAccessibleName(name);
    auto *label = new TextLabel(name, FontRole::Interface, Token::T2);
    label->setBuddy(editor);
    label->setMinimumWidth(Theme::of(editor).px(132));
    form->addRow(label, editor);
}

QFormLayout *makeForm()
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return form;
}

} // namespace

ZoneSection::ZoneSection(PageContext context, QWidget *parent)
    : Ground(Token::Surface, Ground::Line::None, parent)
    , m_context(std::move(context))
{
    auto *column = columnOf(this, tr("Time zone"),
        tr("Times are kept in UTC. The second clock and the tables can show this zone instead; a target "
           "always shows both."));
    auto *zones = new QComboBox(this);
    zones->setObjectName(u"zone"_s);
    zones->setEditable(true);
    zones->setMaximumWidth(Theme::of(this).px(360));
    zones->setInsertPolicy(QComboBox::NoInsert);
    zones->addItem(tr("As the system: %1").arg(QString::fromUtf8(QTimeZone::systemTimeZoneId())), QString());
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        if (id.contains('/'))
            zones->addItem(QString::fromUtf8(id), QString::fromUtf8(id));
    }
    zones->completer()->setFilterMode(Qt::MatchContains);
    zones->completer()->setCompletionMode(QCompleter::PopupCompletion);
    zones->setCurrentIndex(std::max(0, zones->findData(m_context.preferences->text(preference::zone()))));
    connect(zones, &QComboBox::activated, this,
        [this, zones](int index) { choose(zones->itemData(index).toString()); });
    auto *form = makeForm();
    addLabelled(form, tr("Local zone"), zones);
    column->addLayout(form);
    auto *now = new TextLabel({}, FontRole::Mono, Token::T2);
    const auto tell = [this, now] { now->setText(m_context.clocks->both(m_context.clock->now())); };
    connect(m_context.clocks.get(), &Clocks::changed, now, tell);
    tell();
    column->addWidget(now);
    column->addStretch();
}

void ZoneSection::choose(const QString &zone)
{
    m_context.preferences->setText(preference::zone(), zone);
    m_context.clocks->setLocalZone(zone);
}

AppearanceSection::AppearanceSection(PageContext context, QWidget *parent)
    : Ground(Token::Surface, Ground::Line::None, parent)
    , m_context(std::move(context))
{
    auto *column = columnOf(this, tr("Appearance"), tr("How Tidemark looks on this workstation."));
    auto *form = makeForm();
    addLabelled(form, tr("Theme"), makeTheme());
    addLabelled(form, tr("Language"), makeLanguage());
    column->addLayout(form);
    column->addStretch();
}

QWidget *AppearanceSection::makeTheme()
{
    auto *themes = new SegmentedControl({ tr("System"), tr("Light"), tr("Dark") }, this);
    const auto follow = [themes, theme = m_context.theme] { themes->setCurrent(int(theme->choice())); };
    follow();
    connect(m_context.theme, &Theme::changed, themes, follow);
    connect(themes, &SegmentedControl::currentChanged, this, [this](int index) {
        const auto choice = Theme::Choice(index);
        if (choice == m_context.theme->choice())
            return;
        m_context.preferences->setText(preference::theme(), Theme::choiceName(choice));
        m_context.theme->choose(choice);
    });
    return themes;
}

QWidget *AppearanceSection::makeLanguage()
{
    auto *languages = new QComboBox(this);
    languages->addItem(tr("As the system"), QString());
    for (const QString &file : QDir(u":/translations"_s).entryList({ u"tidemark_*.qm"_s })) {
        const QString code = file.mid(9).chopped(3);
        languages->addItem(QLocale(code).nativeLanguageName(), code);
    }
    languages->setCurrentIndex(
        std::max(0, languages->findData(m_context.preferences->text(preference::language()))));
    languages->setToolTip(tr("Used from the next start"));
    connect(languages, &QComboBox::activated, this, [this, languages](int index) {
        m_context.preferences->setText(preference::language(), languages->itemData(index).toString());
    });
    return languages;
}

NotificationSection::NotificationSection(PageContext context, QWidget *parent)
    : Ground(Token::Surface, Ground::Line::None, parent)
    , m_context(std::move(context))
{
    auto *column = columnOf(this, tr("Notifications"),
        tr("While Tidemark runs, the desktop tells of a failure that was not there before: a gap, a missed "
           "backup, a server that cannot archive. Several at once come as one. What was accepted is not "
           "told."));
    auto *tell = new QCheckBox(tr("Notify me of new failures"), this);
    tell->setObjectName(u"notify"_s);
    tell->setAccessibleName(tell->text());
    tell->setChecked(m_context.preferences->text(preference::notify()) != u"off");
    connect(tell, &QCheckBox::toggled, this,
        [this](bool on) { m_context.preferences->setText(preference::notify(), on ? u"on"_s : u"off"_s); });
    column->addWidget(tell);
    column->addStretch();
}

FoldersSection::FoldersSection(const PageContext &context, QWidget *parent)
    : Ground(Token::Surface, Ground::Line::None, parent)
{
    auto *column = columnOf(this, tr("Data folders"),
        tr("Chosen by XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME when Tidemark starts. No folder "
           "holds a secret."));
    auto *form = makeForm();
    for (const auto &[name, path] : context.folders) {
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto *words = new TextLabel(path, FontRole::Mono);
        words->setSelectable();
        words->setAccessibleName(name + u": "_s + path);
        auto *copy = makeSmallButton(tr("Copy"));
        copy->setAccessibleName(tr("Copy the path: %1").arg(name));
        connect(copy, &QPushButton::clicked, this,
            [path = path] { QGuiApplication::clipboard()->setText(path); });
        auto *open = makeSmallButton(tr("Open"));
        open->setAccessibleName(tr("Open the folder: %1").arg(name));
        connect(open, &QPushButton::clicked, this,
            [path = path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
        line->addWidget(words, 1);
        line->addWidget(copy);
        line->addWidget(open);
        form->addRow(new TextLabel(name, FontRole::Interface, Token::T2), row);
    }
    column->addLayout(form);
    column->addStretch();
}

} // namespace tidemark
