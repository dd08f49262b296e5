// arch: x86-64
// expect: unproved indirect-entry f
// link: ld.lld-19 -shared
// source: arm64-code-given-away.s, for the other architecture and linked
// why: nothing leads to what stands behind the return; f() gives its address to a function of its caller's, which may enter it with any frame

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	leaq	.Lhelper(%rip), %rdi
	call	*%rsi
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
.Lhelper:
	movl	%edi, %eax
	ret
	.cfi_endproc
	.size	f, .-f
