#include "firstrun/pbsstep.h"

#include "firstrun/fingerprintpanel.h"
#include "firstrun/fleetedits.h"
#include "firstrun/stephead.h"
#include "fleet/access.h"
#include "widgets/banner.h"
#include "widgets/buttons.h"
#include "widgets/copydialog.h"
#include "widgets/figures.h"
#include "widgets/keyvalue.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QAction>
#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QLineEdit *field(const QString &name, const QString &hint)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setPlaceholderText(hint);
    edit->setFont(Theme::of(edit).font(FontRole::Mono));
    edit->setMinimumWidth(Theme::of(edit).px(160));
    return edit;
}

// A field whose text is hidden, with an eye that shows it while it is typed.
QLineEdit *secretField(const QString &name, const QString &eyeWords)
{
    QLineEdit *edit = field(name, {});
    edit->setEchoMode(QLineEdit::Password);
    auto *eye = edit->addAction(Theme::of(edit).icon(u"eye"_s), QLineEdit::TrailingPosition);
    eye->setCheckable(true);
    eye->setText(eyeWords);
    QObject::connect(eye, &QAction::toggled, edit,
        [edit](bool shown) { edit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    return edit;
}

Secret secretOf(const QLineEdit &edit)
{
    return Secret(edit.text().toUtf8());
}

} // namespace

PbsStep::PbsStep(PageContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_address(field(u"pbsAddress"_s, u"pbs01.lan:8007"_s))
    , m_way(new SegmentedControl({ tr("API token"), tr("Password") }))
    , m_token(field(u"pbsToken"_s, u"tidemark@pbs!console"_s))
    , m_user(field(u"pbsUser"_s, u"tidemark@pbs"_s))
    , m_secret(secretField(u"pbsSecret"_s, tr("Show the secret")))
    , m_totp(field(u"pbsTotp"_s, tr("seed or otpauth:// address, if it asks for one")))
    , m_tokenLabel(fieldLabel(tr("API &token"), m_token))
    , m_userLabel(fieldLabel(tr("&User"), m_user))
    , m_secretLabel(fieldLabel(tr("&Secret"), m_secret))
    , m_totpLabel(fieldLabel(tr("T&OTP"), m_totp))
    , m_role(new TextLabel({}, FontRole::Mono))
    , m_roleNote(new TextLabel(tr("Reads lists only. To verify or prune from Tidemark the token needs "
                                  "DatastoreAdmin; you can add it later."),
          FontRole::Secondary, Token::T2))
    , m_connect(makeButton(tr("Show certificate")))
    , m_answer(new QStackedWidget)
    , m_hint(new TextLabel({}, FontRole::Interface, Token::T2))
    , m_panel(new FingerprintPanel)
    , m_banner(new Banner)
    , m_facts(new KeyValueList)
    , m_rights(makeSmallButton(tr("Show missing rights…")))
    , m_tasks(m_context.inFlight)
{
    m_way->setObjectName(u"pbsWay"_s);
    m_way->setAccessibleName(tr("How to sign in"));
    m_connect->setObjectName(u"pbsConnect"_s);
    m_banner->setObjectName(u"pbsBanner"_s);
    m_rights->setObjectName(u"pbsRights"_s);
    m_totp->setEchoMode(QLineEdit::Password);
    m_sides = new QBoxLayout(QBoxLayout::LeftToRight);
    m_sides->setSpacing(28);
    m_sides->addWidget(form(), 0, Qt::AlignTop);
    m_sides->addWidget(answer(), 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(12);
    column->addWidget(new StepHead(2, tr("Proxmox Backup Server"), tr("API over HTTPS, port 8007")));
    column->addLayout(m_sides, 1);
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        m_fingerprint.clear();
        m_systemTrusts = false;
        go(PbsState::Empty, m_hintPane);
    });
    connect(m_address, &QLineEdit::returnPressed, this, &PbsStep::askCertificate);
    connect(m_connect, &QPushButton::clicked, this, &PbsStep::askCertificate);
    connect(m_way, &SegmentedControl::currentChanged, this, &PbsStep::showWay);
    connect(m_panel, &FingerprintPanel::trusted, this, &PbsStep::trust);
    connect(m_panel, &FingerprintPanel::refused, this, [this] {
        go(PbsState::Empty, m_hintPane);
        m_hint->setText(tr("Nothing was sent to it. Check the address."));
        m_address->setFocus();
    });
    showWay(0);
    go(PbsState::Empty, m_hintPane);
}

// With large text the answer goes below the form.
void PbsStep::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool beside = width() >= Theme::of(this).px(760);
    m_sides->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QWidget *PbsStep::form()
{
    auto *side = new QWidget;
    auto *grid = new QGridLayout(side);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    grid->setColumnMinimumWidth(0, Theme::of(this).px(104));
    grid->addWidget(fieldLabel(tr("&Address"), m_address), 0, 0);
    grid->addWidget(m_address, 0, 1);
    grid->addWidget(new TextLabel(tr("Sign in by"), FontRole::Interface, Token::T2), 1, 0);
    grid->addWidget(m_way, 1, 1, Qt::AlignLeft);
    addSecretFields(grid);
    m_roleNote->setWordWrap(true);
    m_role->setSelectable();
    grid->addWidget(new TextLabel(tr("Role needed"), FontRole::Interface, Token::T2), 6, 0);
    grid->addWidget(m_role, 6, 1);
    grid->addWidget(m_roleNote, 7, 1);
    grid->addWidget(m_connect, 8, 1, Qt::AlignLeft);
    side->setFixedWidth(Theme::of(this).px(380));
    m_role->setText(tr("DatastoreAudit on /datastore"));
    return side;
}

void PbsStep::addSecretFields(QGridLayout *grid)
{
    int row = 2;
    for (const auto &[label, edit] : { std::pair(m_tokenLabel, m_token), std::pair(m_userLabel, m_user),
             std::pair(m_secretLabel, m_secret), std::pair(m_totpLabel, m_totp) }) {
        grid->addWidget(label, row, 0);
        grid->addWidget(edit, row, 1);
        ++row;
    }
}

QWidget *PbsStep::answer()
{
    m_hintPane = new QWidget;
    auto *hints = new QVBoxLayout(m_hintPane);
    hints->setContentsMargins(0, 4, 0, 0);
    hints->addWidget(m_hint);
    hints->addStretch();
    m_hint->setWordWrap(true);
    m_hint->setObjectName(u"pbsHint"_s);
    auto *result = new QWidget;
    auto *column = new QVBoxLayout(result);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_banner);
    column->addWidget(m_facts);
    column->addWidget(m_rights, 0, Qt::AlignLeft);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(result);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->viewport()->setAutoFillBackground(false);
    result->setAutoFillBackground(false);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_resultPane = scroll;
    auto *panelPane = new QWidget;
    auto *panelColumn = new QVBoxLayout(panelPane);
    panelColumn->setContentsMargins(0, 0, 0, 0);
    panelColumn->addWidget(m_panel);
    panelColumn->addStretch();
    m_answer->addWidget(m_hintPane);
    m_answer->addWidget(panelPane);
    m_answer->addWidget(m_resultPane);
    connect(m_rights, &QPushButton::clicked, this, [this] {
        auto *dialog = new CopyDialog(tr("Rights that are missing"),
            tr("Run this on the backup server as root@pam, then ask again."), m_rightsText, window());
        dialog->open();
    });
    return m_answer;
}

void PbsStep::go(PbsState state, QWidget *shown)
{
    m_state = state;
    m_answer->setCurrentWidget(shown);
    if (state == PbsState::Empty)
        m_hint->setText(tr("Type the address. Its certificate is shown before anything is sent to it. "
                           "Without a backup server you can go on and add one later."));
    m_connect->setEnabled(state != PbsState::Asking && state != PbsState::Probing);
    m_connect->setText(
        m_fingerprint.isEmpty() && !m_systemTrusts ? tr("Show certificate") : tr("Ask it now"));
    Q_EMIT changed();
}

void PbsStep::showWay(int way)
{
    const bool token = way == 0;
    for (QWidget *part : std::initializer_list<QWidget *> { m_tokenLabel, m_token })
        part->setVisible(token);
    for (QWidget *part : std::initializer_list<QWidget *> { m_userLabel, m_user, m_totpLabel, m_totp })
        part->setVisible(!token);
    m_secretLabel->setText(token ? tr("&Secret") : tr("Pass&word"));
    m_secret->setAccessibleName(token ? tr("Secret") : tr("Password"));
}

bool PbsStep::byToken() const
{
    return m_way->current() != 1;
}

QString PbsStep::secretName(const QString &what) const
{
    return u"pbs/"_s + QUrl(m_url).host() + u' ' + what;
}

Source PbsStep::typed() const
{
    Source source;
    source.name = QUrl(m_url).host().section(u'.', 0, 0);
    if (!source.name.isEmpty() && (source.name.front().isDigit() || source.name.contains(u':')))
        source.name = QUrl(m_url).host();
    source.kind = SourceKind::Pbs;
    source.url = m_url;
    source.fingerprint = m_fingerprint;
    source.secret = secretName(byToken() ? u"token"_s : u"password"_s);
    if (byToken())
        source.tokenId = m_token->text().trimmed();
    else
        source.user = m_user->text().trimmed();
    if (!byToken() && !m_totp->text().isEmpty())
        source.totpSecret = secretName(u"totp"_s);
    return source;
}

std::optional<Source> PbsStep::source() const
{
    if (m_fingerprint.isEmpty() && !m_systemTrusts)
        return {};
    return typed();
}

void PbsStep::askCertificate()
{
    const auto url = pbsUrl(m_address->text());
    setInvalid(m_address, !url);
    if (!url) {
        go(PbsState::Empty, m_hintPane);
        m_hint->setText(tr("This is not an address. Type a host and port, as in pbs01.lan:8007."));
        return m_address->setFocus();
    }
    if (*url == m_url && (m_systemTrusts || !m_fingerprint.isEmpty()))
        return probe();
    m_url = *url;
    go(PbsState::Asking, m_hintPane);
    m_hint->setText(tr("Asking %1 for its certificate…").arg(oneLine(m_url)));
    m_tasks.restart();
    m_tasks.start(m_context.backupServers->certificate(m_url, m_tasks.token()),
        [this](const Result<CertificateFacts> &certificate) { takeCertificate(certificate); });
}

void PbsStep::takeCertificate(const Result<CertificateFacts> &certificate)
{
    if (!certificate)
        return fail(tr("The backup server shows no certificate"), certificate.error(), tr("Try again"),
            &PbsStep::askCertificate);
    if (certificate->trustedBySystem) {
        m_systemTrusts = true;
        return probe();
    }
    m_panel->ask(*certificate, !m_fingerprint.isEmpty() || certificate->changedBefore);
    go(PbsState::Untrusted, m_panel->parentWidget());
}

void PbsStep::trust(const QString &fingerprint)
{
    m_fingerprint = fingerprint;
    m_context.backupServers->confirm(m_url, fingerprint);
    probe();
}

void PbsStep::probe()
{
    QLineEdit *account = byToken() ? m_token : m_user;
    QLineEdit *missing = account->text().trimmed().isEmpty() ? account
        : m_secret->text().isEmpty()                         ? m_secret
                                                             : nullptr;
    if (missing) {
        go(PbsState::Partial, m_hintPane);
        m_hint->setText(byToken() ? tr("The certificate is confirmed. Now type the API token and its secret.")
                                  : tr("The certificate is confirmed. Now type the user and the password."));
        return missing->setFocus();
    }
    go(PbsState::Probing, m_hintPane);
    m_hint->setText(tr("Asking %1 what this account may see…").arg(oneLine(m_url)));
    m_tasks.restart();
    // A TOTP seed is read from where secrets live, so it goes there first.
    const Source about = typed();
    if (about.totpSecret.isEmpty())
        return ask(about);
    m_tasks.start(m_context.secrets->write(about.totpSecret, secretOf(*m_totp), m_tasks.token()),
        [this, about](const Result<> &kept) {
            if (kept)
                ask(about);
            else
                fail(tr("The keyring did not take the TOTP seed"), kept.error(), tr("Try again"),
                    &PbsStep::probe);
        });
}

void PbsStep::ask(const Source &about)
{
    const std::optional<Secret> secret = secretOf(*m_secret);
    m_tasks.start(m_context.backupServers->probe(about, secret, m_tasks.token()),
        [this](const Result<PbsFacts> &facts) { takeFacts(facts); });
}

void PbsStep::takeFacts(const Result<PbsFacts> &facts)
{
    if (!facts) {
        const bool changed = facts.error().code == u"pbs.fingerprint-mismatch";
        if (changed)
            m_fingerprint.clear();
        return fail(tr("The backup server does not let Tidemark read"), facts.error(),
            changed ? tr("Show certificate") : tr("Try again"),
            changed ? &PbsStep::askCertificate : &PbsStep::probe);
    }
    keepSecrets();
    showFacts(*facts);
    go(facts->missing.empty() ? PbsState::Ready : PbsState::Partial, m_resultPane);
}

void PbsStep::showFacts(const PbsFacts &facts)
{
    m_facts->clear();
    m_facts->setVisible(true);
    m_facts->addRow(tr("Version"), facts.version);
    m_facts->addRow(tr("Signed in as"), facts.authId, KeyValueList::Face::Machine);
    for (const DatastoreFacts &store : facts.datastores) {
        QString words = store.error;
        if (words.isEmpty() && store.used && store.total)
            words = tr("%1 of %2 used").arg(sizeWords(*store.used), sizeWords(*store.total));
        m_facts->addRow(tr("Datastore %1").arg(oneLine(store.name)),
            words.isEmpty() ? tr("usage not told") : oneLine(words));
    }
    m_rightsText = grantsFor(facts.missing);
    m_rights->setVisible(!facts.missing.empty());
    if (!facts.missing.empty()) {
        QStringList lacking;
        for (const MissingRight &right : facts.missing)
            lacking.append(oneLine(right.what));
        m_banner->showWarning(tr("It answers, but does not show all"), lacking.join(u", "_s));
    } else if (facts.datastores.empty()) {
        m_banner->showWarning(tr("It answers and has no datastore"));
    } else {
        m_banner->showDone(tr("It answers and shows its datastores"));
    }
}

void PbsStep::keepSecrets()
{
    const Source about = typed();
    const auto told = [this](const Result<> &kept) {
        if (!kept)
            m_banner->showError(
                tr("It works, but the keyring did not take the secret; you will be asked for it again"),
                kept.error());
    };
    m_tasks.start(m_context.secrets->write(about.secret, secretOf(*m_secret), m_tasks.token()), told);
}

void PbsStep::fail(const QString &title, const Error &error, const QString &act, void (PbsStep::*again)())
{
    m_facts->clear();
    m_facts->setVisible(false);
    m_rights->setVisible(false);
    m_banner->showError(title, error);
    m_banner->addAction(act, [this, again] { (this->*again)(); });
    go(PbsState::Failed, m_resultPane);
}

} // namespace tidemark
