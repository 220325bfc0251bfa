package io.github.wheelmirror.git;

import io.github.wheelmirror.Credentials;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Answers for the configured server only and never asks a person. */
final class OriginCredentials extends CredentialsProvider {

  private final Origin origin;
  private final Credentials credentials;

  OriginCredentials(Origin origin, Credentials credentials) {
    this.origin = origin;
    this.credentials = credentials;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    if (!credentials.isPresent() || !origin.admits(uri) || !supports(items)) {
      return false;
    }
    for (CredentialItem item : items) {
      if (item instanceof CredentialItem.Username username) {
        username.setValue(credentials.username());
      } else if (item instanceof CredentialItem.Password password) {
        password.setValue(credentials.password().reveal().toCharArray());
      }
    }
    return true;
  }
}
