// arch: x86-64
// rule: OH302
// expect: OH302 f+0x11
// flags: -O2
// source: llvm::annotateValueSite in libLLVM 19, reduced (docs/findings/021)
// why: who returns early has not saved rbx, and the row of the shared return says that it stands in a slot

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.Lreturn
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	movl	%edi, %edi
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
.Lreturn:
	ret
	.cfi_endproc
	.size	f, .-f
