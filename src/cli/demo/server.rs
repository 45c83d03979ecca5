//! The sample site, built into the program and served on this machine only.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode, Uri, header};
use tokio::net::TcpListener;

/// Every file of the sample site: path and bytes.
const SITE: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Stands in the site's lists for the server's address.
const PLACEHOLDER: &str = "{{base}}";

/// Number of files of the site.
pub fn files() -> usize {
    SITE.len()
}

/// Serves the site on a free port until the runtime ends; says its address.
pub async fn serve() -> std::io::Result<String> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let own = base.clone();
    let app = Router::new().fallback(move |uri: Uri| {
        let base = own.clone();
        async move { answer(uri.path(), &base) }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(base)
}

fn answer(path: &str, base: &str) -> Response<Body> {
    let path = if path == "/" { "/index.html" } else { path };
    let Some((name, bytes)) = SITE.iter().find(|(name, _)| *name == path) else {
        return respond(StatusCode::NOT_FOUND, "text/plain", b"not found".to_vec());
    };
    // Pages name their own charset.
    let (kind, list) = match name.rsplit('.').next() {
        Some("html") => ("text/html", false),
        Some("xml") => ("application/xml; charset=utf-8", true),
        Some("md") => ("text/markdown; charset=utf-8", false),
        _ => ("text/plain; charset=utf-8", true),
    };
    let body =
        if list { String::from_utf8_lossy(bytes).replace(PLACEHOLDER, base).into_bytes() } else { bytes.to_vec() };
    respond(StatusCode::OK, kind, body)
}

fn respond(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
