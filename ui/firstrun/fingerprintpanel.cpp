#include "firstrun/fingerprintpanel.h"

#include "firstrun/pairgrid.h"
#include "fleet/fingerprint.h"
#include "widgets/buttons.h"
#include "widgets/figures.h"
#include "widgets/marks.h"
#include "widgets/textlabel.h"

#include <QDateTime>
#include <QLineEdit>
#include <QPainter>
#include <QTimeZone>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString dayOf(Instant instant)
{
    const auto at = QDateTime::fromSecsSinceEpoch(instant.seconds(), QTimeZone::utc());
    return QLocale().toString(at.date(), u"d MMM yyyy"_s);
}

} // namespace

FingerprintPanel::FingerprintPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_how(new TextLabel(tr("Compare with the PBS dashboard, Show Fingerprint, or on the server: "
                             "proxmox-backup-manager cert info"),
          FontRole::Secondary))
    , m_grid(new PairGrid)
    , m_pasted(new QLineEdit)
    , m_mark(new GlyphMark(Glyph::None))
    , m_verdict(new TextLabel({}, FontRole::SecondaryStrong))
    , m_validity(new TextLabel({}, FontRole::Secondary, Token::T2))
    , m_trust(makeButton(tr("Trust this fingerprint"), ButtonKind::Primary))
{
    setObjectName(u"fingerprintPanel"_s);
    m_validity->setElided();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(15, 12, 15, 12);
    column->setSpacing(9);
    column->addWidget(heading());
    column->addWidget(m_grid);
    column->addWidget(pasteRow());
    column->addWidget(buttonRow());
}

QWidget *FingerprintPanel::heading()
{
    m_how->setWordWrap(true);
    m_how->setSelectable();
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new GlyphMark(Glyph::Attention), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_how);
    line->addLayout(words, 1);
    return row;
}

QWidget *FingerprintPanel::pasteRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *label = new TextLabel(tr("&Paste it here"), FontRole::Secondary, Token::T2);
    label->setBuddy(m_pasted);
    m_pasted->setObjectName(u"pastedFingerprint"_s);
    m_pasted->setAccessibleName(tr("Fingerprint from the server, to compare"));
    m_pasted->setFont(Theme::of(this).font(FontRole::Mono));
    m_verdict->setObjectName(u"fingerprintVerdict"_s);
    connect(m_pasted, &QLineEdit::textChanged, this, &FingerprintPanel::compare);
    line->addWidget(label);
    line->addWidget(m_pasted, 1);
    line->addWidget(m_mark);
    line->addWidget(m_verdict);
    return row;
}

QWidget *FingerprintPanel::buttonRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *refuse = makeButton(tr("Not my server"));
    refuse->setObjectName(u"refuseFingerprint"_s);
    m_trust->setObjectName(u"trustFingerprint"_s);
    connect(refuse, &QPushButton::clicked, this, &FingerprintPanel::refused);
    connect(m_trust, &QPushButton::clicked, this, [this] { Q_EMIT trusted(m_certificate.fingerprint); });
    line->addWidget(m_validity, 1);
    line->addWidget(refuse);
    line->addWidget(m_trust);
    return row;
}

void FingerprintPanel::ask(const CertificateFacts &certificate, bool changed)
{
    m_certificate = certificate;
    m_changed = changed;
    const bool self = certificate.issuer == certificate.subject;
    m_title->setText(changed ? tr("The certificate has changed. Is this still your server?")
            : self           ? tr("Is this your server? Its certificate is self-signed.")
                   : tr("Is this your server? This system does not know who signed its certificate."));
    m_grid->setPairs(fingerprintPairs(certificate.fingerprint));
    m_validity->setText(certificate.validUntil
            ? tr("SHA-256, valid until %1").arg(dayOf(*certificate.validUntil))
            : tr("SHA-256"));
    m_validity->setToolTip(
        plainTip(tr("Subject: %1\nIssuer: %2").arg(certificate.subject, certificate.issuer)));
    m_pasted->clear();
    compare();
    setVisible(true);
}

void FingerprintPanel::compare()
{
    const auto match = compareFingerprint(m_pasted->text(), m_certificate.fingerprint);
    const auto say = [this](Glyph glyph, const QString &words, Token token) {
        m_mark->setGlyph(glyph);
        m_mark->setVisible(glyph != Glyph::None);
        m_verdict->setText(words);
        m_verdict->setToken(token);
    };
    setInvalid(m_pasted, match == FingerprintMatch::Different || match == FingerprintMatch::NotAFingerprint);
    // A changed certificate is only taken after it was compared.
    m_trust->setEnabled(match == FingerprintMatch::Same || (match == FingerprintMatch::Empty && !m_changed));
    switch (match) {
    case FingerprintMatch::Empty:
        return say(Glyph::None, {}, Token::T2);
    case FingerprintMatch::Incomplete:
        return say(Glyph::Running, tr("same so far"), Token::T2);
    case FingerprintMatch::NotAFingerprint:
        return say(Glyph::Failed, tr("not a fingerprint"), Token::Fail);
    case FingerprintMatch::Same:
        return say(Glyph::Ok, tr("same"), Token::Ok);
    case FingerprintMatch::Different:
        return say(Glyph::Failed, tr("differs"), Token::Fail);
    }
}

void FingerprintPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::WarnFill), 1));
    painter.setBrush(theme.color(Token::WarnTint));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace tidemark
